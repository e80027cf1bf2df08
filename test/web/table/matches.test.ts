import { expect, test } from 'vitest';
import { matches } from '../../../web/table/matches.ts';

const cases: [text: string, filter: string, found: boolean][] = [
  ['Google Workspace', '', true],
  ['Google Workspace', 'google', true],
  ['Google Workspace', 'space goo', true],
  ['Google Workspace', 'google mail', false],
  ['net:203.0.113.0/24', '203.0', true],
  ['a.b', 'a*b', false],
];
test.each(cases)('"%s" filtered by "%s"', (text, filter, found) => {
  expect(matches(text, filter)).toBe(found);
});
