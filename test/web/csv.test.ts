import { describe, expect, test } from 'vitest';
import { toCsv } from '../../web/csv.ts';

const cellOf = (text: string): string => toCsv(['name'], [[text]]).split('\r\n')[1] ?? '';

test('every cell is quoted, quotes are doubled, and lines end with CRLF', () => {
  expect(
    toCsv(
      ['day', 'messages'],
      [
        ['2026-11-01', 12],
        ['a "b"\nc', null],
      ],
    ),
  ).toBe('"day","messages"\r\n"2026-11-01","12"\r\n"a ""b""\nc",""\r\n');
});

test('numbers stay numbers, also below zero', () => {
  expect(toCsv(['n'], [[-3]])).toBe('"n"\r\n"-3"\r\n');
});

describe('a name that a spreadsheet would run as a formula is neutralised', () => {
  const attacks: [name: string, text: string][] = [
    ['equals', '=HYPERLINK("http://attacker.example")'],
    ['plus', '+1+1'],
    ['minus', '-2+3'],
    ['at', '@SUM(A1)'],
    ['a tab', '\t=1'],
    ['a carriage return', '\r=1'],
    ['a line break', '\n=1'],
    ['a space first', ' =1'],
    ['a zero-width space first', '\u200b=1'],
    ['a byte order mark first', '\ufeff=1'],
    ['a soft hyphen and a direction mark first', '\u00ad\u200e@x'],
    ['a word joiner between spaces', ' \u2060 +1'],
    ['a no-break space first', '\u00a0=1'],
    ['full-width equals', '＝1'],
  ];
  test.each(attacks)('%s', (_, text) => {
    expect(cellOf(text).startsWith(`"'`)).toBe(true);
  });
});

test.each(['example.org', 'a=b', '203.0.113.0/24', '', 'Größe', '<b>x</b>'])(
  'the harmless name "%s" is left as it is',
  (text) => {
    expect(cellOf(text)).toBe(`"${text}"`);
  },
);
