import { expect } from 'vitest';
import { type ReportParts, recordXml } from '../ingest/a-report.ts';
import { caseXml } from './mails.ts';
import type { Fed, MatrixCase, MatrixRow } from './row.ts';
import { NOW_SECONDS } from './sandwich.ts';
import { row, xmlCase } from './xml-case.ts';

const ROWS_REFUSED = 'stored rows-refused';
const HOUR = 3600;
const DAY = 24 * HOUR;
const BEGIN = 1_767_225_600;
const MOST = 1_000_000_000;

/** A record with this count, and a good one of 5. */
const counted = (count: string, expected = ROWS_REFUSED, messages = 5): MatrixCase =>
  xmlCase(
    JSON.stringify(count).slice(0, 40),
    () => caseXml({ records: recordXml({ count }) + recordXml() }),
    expected,
    messages,
  );

/** A record of this address, and a good one of 5. */
const sentFrom = (sourceIp: string, expected: string, messages: number): MatrixCase =>
  xmlCase(
    JSON.stringify(sourceIp),
    () => caseXml({ records: recordXml({ sourceIp }) + recordXml() }),
    expected,
    messages,
  );

const dated = (
  attack: string,
  begin: number | string,
  end: number | string,
  expected = 'stored',
): MatrixCase => {
  const dates: ReportParts = { begin: String(begin), end: String(end) };
  return xmlCase(attack, () => caseXml(dates), expected);
};

const NOT_GLOBAL = [
  'fe80::1',
  '::',
  '::1',
  '0.0.0.0',
  '10.1.2.3',
  '127.0.0.1',
  '100.64.0.1',
  '169.254.1.1',
  '172.16.0.1',
  '192.168.1.1',
  '224.0.0.1',
  '255.255.255.255',
  'fd00::1',
  'ff02::1',
];

/** Counts, dates and addresses. */
export function valueRows(): MatrixRow[] {
  return [
    row('V01', 'a count that is no plain number', () => [
      ...[
        '1e309',
        '1e3',
        '0x10',
        '+5',
        '5.0',
        '',
        'NaN',
        '\u0665',
        '\uff15',
        '1,000',
        '1 2',
        'true',
      ].map((count) => counted(count)),
      counted(' 7 ', 'stored', 12),
      counted('007', 'stored', 12),
    ]),
    row('V02', 'a count out of all bounds', () => [
      ...['-1', '0', String(MOST + 1), '9223372036854775808', '9'.repeat(30)].map((count) =>
        counted(count),
      ),
      counted(String(MOST), 'stored', MOST + 5),
    ]),
    row('V03', '10^12 messages of one reporter, to the unit', () => [
      xmlCase(
        '1,000 rows of 10^9',
        () => caseXml({ records: recordXml({ count: String(MOST) }).repeat(1000) }),
        'stored',
        1000 * MOST,
      ),
    ]),
    row('V04', 'spans of time', () => [
      dated('its end before its begin', BEGIN, BEGIN - 1, 'refused bad-dates'),
      dated('of no time', BEGIN, BEGIN),
      dated('of 25 hours', BEGIN, BEGIN + 25 * HOUR),
      dated('of a week', BEGIN, BEGIN + 7 * DAY),
      dated('of ten years', BEGIN - 3650 * DAY, BEGIN, 'stored date-span-long'),
    ]),
    row('V05', 'dates that cannot be', () => [
      dated('the year 60000', 1_831_273_920_000, 1_831_273_920_001, 'refused bad-dates'),
      dated('milliseconds', BEGIN * 1000, (BEGIN + DAY) * 1000, 'refused bad-dates'),
      dated('ahead by more than two days', BEGIN, NOW_SECONDS + 2 * DAY + 1, 'refused bad-dates'),
      dated('ahead by less', BEGIN, NOW_SECONDS + 2 * DAY - HOUR),
      dated('1970', 0, DAY, 'stored date-before-2012'),
      dated('below zero', -5, BEGIN, 'stored date-unreadable'),
      dated('hexadecimal', '0x69', BEGIN, 'stored date-unreadable'),
      dated('words', 'yesterday', 'today', 'stored date-unreadable'),
      dated('none', '', '', 'stored date-unreadable'),
    ]),
    row('V06', 'addresses that are none', () => [
      ...[
        '010.0.0.1',
        '127.1',
        '3232235777',
        '0x7f.1',
        '1.2.3.4/24',
        '[::1]',
        '1.2.3',
        '1.2.3.4.5',
        '256.1.1.1',
        '192.0.2.1:25',
        'mail.example.org',
        '',
      ].map((address) => sentFrom(address, ROWS_REFUSED, 5)),
      sentFrom('192.0.2.7 ', 'stored', 10),
    ]),
    row(
      'V07',
      'one address in many spellings',
      () => [
        ...['::ffff:192.0.2.1', '::FFFF:C000:201', '0:0:0:0:0:ffff:c000:0201'].map((address) =>
          sentFrom(address, 'stored', 10),
        ),
        xmlCase('in upper case and at full length', sixSpellings, 'stored', 15),
      ],
      { also: expectCanonical },
    ),
    row('V08', 'addresses of no public network', () => [
      ...NOT_GLOBAL.map((address) => sentFrom(address, 'stored address-not-global', 10)),
      sentFrom('fe80::1%eth0', ROWS_REFUSED, 5),
      sentFrom('9.255.255.255', 'stored', 10),
      sentFrom('2001:db8::1', 'stored', 10),
    ]),
  ];
}

const sixSpellings = (): string =>
  caseXml({
    records: ['2001:DB8::1', '2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8:0:0::1']
      .map((sourceIp) => recordXml({ sourceIp }))
      .join(''),
  });

async function expectCanonical({ reader, rows }: Fed): Promise<void> {
  const seen = await Promise.all(
    rows.map(async ({ documents }) => {
      const stored = await reader.rows(documents[0]?.reportId ?? 0, 0, 10);
      return new Set(stored.map(({ sourceIp }) => sourceIp));
    }),
  );
  expect(seen).toEqual([
    ...Array<Set<string>>(3).fill(new Set(['192.0.2.1'])),
    new Set(['2001:db8::1']),
  ]);
}
