import { createHash } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { recordXml, type ReportParts, reportXml } from '../ingest/a-report.ts';
import { makeZip } from '../ingest/make-zip.ts';
import { expectOneDigest, expectTwoPlaces } from './i-stores.ts';
import { fileName, mailWith, mailWithXml, mailWithZip } from './mails.ts';
import { runMatrix } from './matrix.ts';
import type { Fed, MatrixCase } from './row.ts';
import { feed } from './sandwich.ts';
import { row } from './xml-case.ts';

const NO_SEED = 0;
const REPLAYS = 1000;

const one = (
  attack: string,
  mail: () => Buffer,
  expected = 'stored',
  messages?: number,
): MatrixCase => ({
  ...{ attack, mail, expected: [expected] },
  ...(messages === undefined ? {} : { messages }),
});
const reported = (attack: string, parts: ReportParts, expected = 'stored'): MatrixCase =>
  one(attack, () => mailWithXml(reportXml(parts)), expected);

/** A report that counts so many messages; all of them claim to be the same one. */
const version = (messages: number): string =>
  reportXml({ reportId: 'same', records: recordXml({ count: String(messages) }) });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Of versions of one report, and among equals, the smaller content hash counts. */
const countedOf = (...messages: number[]): number =>
  messages.toSorted((a, b) => (sha256(version(a)) < sha256(version(b)) ? -1 : 1))[0] ?? NaN;

/** A case for each version, of which one counts. */
const versions = (...messages: number[]): MatrixCase[] =>
  messages.map((count, index) =>
    one(
      `${index + 1}, of ${count} messages`,
      () => mailWithXml(version(count)),
      index === 0 ? 'stored' : 'conflict',
      index === 0 ? countedOf(...messages) : 0,
    ),
  );

async function expectBothVersions({ reader, rows }: Fed): Promise<void> {
  const ids = rows.flatMap(({ documents }) => documents[0]?.reportId ?? []);
  expect(new Set(ids).size).toBe(2);
  const reports = await Promise.all(ids.map((id) => reader.report(id)));
  expect(reports.map((report) => report?.counted).sort()).toEqual([false, true]);
  for (const report of reports) expect(report?.versions).toHaveLength(1);
}

const packings = (xml: string): Record<string, () => Buffer> => ({
  gzip: () => mailWithXml(xml),
  'gzip at another level': () => mailWith(gzipSync(xml, { level: 9 })),
  'gzip in gzip': () => mailWith(gzipSync(gzipSync(xml))),
  zip: () => mailWithZip(makeZip([{ name: 'a.xml', content: xml }])),
  'zip of another name': () => mailWithZip(makeZip([{ name: 'b.xml', content: xml, method: 0 }])),
  bare: () => mailWith(xml, fileName('xml'), 'text/xml'),
  'under another boundary': () =>
    Buffer.from(mailWithXml(xml).toString('latin1').replaceAll('m1', 'other'), 'latin1'),
  'behind a byte order mark': () => mailWithXml(`\ufeff${xml}`),
});

// As far as I03 and I07 ask whom to believe, they come with provenance.
runMatrix('I', NO_SEED, [
  row('I01', 'one mail twice', () => {
    const mail = mailWithXml(reportXml());
    return [one('first', () => mail), one('second', () => mail, 'duplicate')];
  }),
  row('I02', 'one document in every packing', () =>
    Object.entries(packings(reportXml())).map(([attack, mail], index) =>
      one(attack, mail, index === 0 ? 'stored' : 'duplicate'),
    ),
  ),
  row('I03', 'one report with two contents', () => versions(40, 70), { also: expectBothVersions }),
  row('I04', 'one content under two ids', () => [
    reported('first', { reportId: 'a' }),
    reported('second', { reportId: 'b' }),
  ]),
  row('I05', 'ids that are none, or look alike', () => [
    reported('missing', { reportId: '' }, 'stored id-missing'),
    reported('only spaces', { reportId: '   ' }, 'stored id-missing'),
    reported(
      'missing, with more rows',
      { reportId: '', records: `${recordXml()}\n` },
      'stored id-missing',
    ),
    reported('as a number', { reportId: '0123e4' }),
    reported('as the number it is', { reportId: '1230000' }),
    reported('with a zero more', { reportId: '00123e4' }),
    reported('in another case', { reportId: '0123E4' }),
    reported('of 10 kB', { reportId: 'x'.repeat(10_240) }),
    reported('of 10 kB and one', { reportId: 'x'.repeat(10_241) }),
  ]),
  row('I06', 'one id of two reporters', () => [
    reported('first', { orgName: 'One' }),
    reported('second', { orgName: 'Other' }),
  ]),
  row('I07', 'a forged version, first or last', () => versions(1_000_000, 7), {
    also: async (fed) => {
      await expectBothVersions(fed);
      const last = row('I07', 'the forged one last', () => versions(7, 1_000_000));
      await expectBothVersions(await feed(last));
    },
  }),
  row('I08', '1,000 replays', () => {
    const mail = mailWithXml(reportXml());
    return Array.from({ length: REPLAYS }, (_, index) =>
      one(`replay ${index}`, () => mail, index === 0 ? 'stored' : 'duplicate'),
    );
  }),
  row('I09', 'all orders of five mails', () => [reported('alone', {})], {
    also: () =>
      expectOneDigest([
        mailWithXml(version(40)),
        mailWithXml(version(70)),
        mailWithXml(version(40)),
        mailWithXml(reportXml({ reportId: 'other' })),
        mailWith(deflateRawSync('broken')),
      ]),
  }),
  row('I10', 'one report in two folders', () => [reported('alone', {})], {
    also: () => expectTwoPlaces(mailWithXml(reportXml())),
  }),
]);
