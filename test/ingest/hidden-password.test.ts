import { expect, test } from 'vitest';
import { hidePassword } from '../../ingest/hidden-password.ts';

const PASSWORD = 'sp€cial "pass\\word"';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['as it is', PASSWORD],
  ['in quotes', '"sp€cial \\"pass\\\\word\\""'],
  ['in the words of AUTHENTICATE PLAIN', base64(`\0me@example.org\0${PASSWORD}`)],
  ['in the words of AUTHENTICATE LOGIN', base64(PASSWORD)],
  ['as UTF-8 that was taken for Latin-1', Buffer.from(PASSWORD).toString('latin1')],
])('a password that a server repeats %s is not told on', (_, form) => {
  const told = hidePassword('me@example.org', PASSWORD)(`You said ${form}, and it is wrong.`);
  expect(told).toMatch(/^You said "?\[password\]"?, and it is wrong\.$/);
});

test('without a password the words stay', () => {
  expect(hidePassword('me', '')('It is wrong.')).toBe('It is wrong.');
});

test('a password that stands in many words by chance leaves them whole', () => {
  expect(hidePassword('me', 'a')('The answer was lost.')).toBe('The answer was lost.');
});
