import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { domainName } from '../../ingest/domain-name.ts';
import { nameToKeep } from '../../ingest/kept-name.ts';
import { failureOf } from '../../ingest/mailbox-failure.ts';
import { readRowValues } from '../../ingest/row-values.ts';
import { cutTo } from '../../ingest/text.ts';

describe('a text that is cut', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['ab😀', 4, 'ab😀'],
    ['ab😀', 3, 'ab'],
    ['ab😀d', 4, 'ab😀'],
    ['😀', 1, ''],
  ])('%j to %i is %j', (text, characters, cut) => {
    expect(cutTo(text, characters)).toBe(cut);
  });

  const refusedDetail = (text: string): string => {
    const read = readRowValues(text, '1', 1);
    return read.ok ? '' : read.problem.detail;
  };
  const serverWords = (message: string): string =>
    failureOf({ message }, null, '', (words) => words).message;

  test.each([
    ['the name of a file', 255, nameToKeep],
    ['what is no domain', 253, (text: string) => domainName(text).domain],
    ['what is no domain by far', 4 * 253, (text: string) => domainName(text).domain],
    ["a refused row's value", 100, refusedDetail],
    ['what a mail server says', 500, serverWords],
  ])('property: SQLite gives %s back as it was written', (_, limit, keep) => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 1 }), fc.integer({ min: 1, max: 4 }), (by, count) => {
        const kept = keep('a'.repeat(limit + by) + '😀'.repeat(count) + '!');
        expect(Buffer.from(kept, 'utf8').toString('utf8')).toBe(kept);
        expect(kept).not.toContain('\ufffd');
      }),
    );
  });
});

test('half a pair in the name of a file is left out, wherever it came from', () => {
  expect(nameToKeep('a\ud83db\ude00.xml')).toBe('ab.xml');
});

test('a name of blanks without end is read at once', () => {
  expect(nameToKeep(' '.repeat(1_000_000)).length).toBeLessThanOrEqual(255);
});
