import { expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { buildParts, type MailPart, type PartSource } from '../../ingest/mail-part.ts';

const node = (type: string, ...children: PartSource[]): PartSource => ({
  type,
  reportType: '',
  name: '',
  encoding: '',
  sizeBytes: 0,
  children: () => children,
});

const numbers = (part: MailPart): string[] => [
  `${part.part}=${part.type}`,
  ...part.children.flatMap(numbers),
];

const numbered = (root: PartSource): string[] => {
  const built = buildParts(root, defaultLimits);
  if (!built.ok) throw new Error(built.problem.reason);
  return numbers(built.value).filter((each) => !each.startsWith('='));
};

test.each<[string, PartSource, string[]]>([
  ['one part', node('a/a'), ['1=a/a']],
  ['a multipart', node('multipart/x', node('a/a'), node('b/b')), ['1=a/a', '2=b/b']],
  [
    'a multipart in a multipart',
    node('multipart/x', node('a/a'), node('multipart/y', node('b/b'), node('c/c'))),
    ['1=a/a', '2.1=b/b', '2.2=c/c'],
  ],
  [
    'a mail with one part, attached',
    node('multipart/x', node('a/a'), node('message/rfc822', node('b/b'))),
    ['1=a/a', '2=message/rfc822', '2.1=b/b'],
  ],
  [
    'a mail with several parts, attached',
    node('multipart/x', node('message/rfc822', node('multipart/y', node('b/b'), node('c/c')))),
    ['1=message/rfc822', '1.1=b/b', '1.2=c/c'],
  ],
  [
    'a mail in a mail as the whole body',
    node('message/rfc822', node('message/rfc822', node('b/b'))),
    ['1=message/rfc822', '1.1=message/rfc822', '1.1.1=b/b'],
  ],
])('parts are numbered as IMAP numbers them: %s', (_, root, expected) => {
  expect(numbered(root)).toEqual(expected);
});

test('more parts than the cap are refused', () => {
  const children = Array.from({ length: 100_000 }, () => node('a/a'));
  const built = buildParts(node('multipart/x', ...children), defaultLimits);
  expect(built).toMatchObject({ ok: false, problem: { outcome: 'refused', reason: 'mime-parts' } });
});

test('a tree without end is left at the cap on depth', () => {
  const endless = (): PartSource => ({ ...node('message/rfc822'), children: () => [endless()] });
  const built = buildParts(endless(), defaultLimits);
  expect(built).toMatchObject({ ok: false, problem: { outcome: 'refused', reason: 'mime-depth' } });
});
