import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTextCache } from '../../ingest/decode-cache.ts';
import { defaultLimits } from '../../ingest/limits.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { type RecordParts, recordXml, reportXml } from './a-report.ts';
import { NOW_SECONDS, readReport } from './reading.ts';

const PLACE = { part: '', name: 'r.xml', position: 0 };

async function reportBy(reader: ReturnType<typeof createDocumentReader>, xml: string) {
  const [document] = await reader.readAttachment(Buffer.from(xml), PLACE, NOW_SECONDS);
  if (document?.outcome !== 'report') throw new Error('no report');
  return document.report;
}

const word = fc.constantFrom('pass', 'fail', 'none', 'softfail', 'odd & bare', 'Ü', '');
const parts: fc.Arbitrary<RecordParts> = fc.record({
  sourceIp: fc.constantFrom('192.0.2.1', '2001:db8::1', 'none', ' 192.0.2.9 '),
  count: fc.constantFrom('1', '77', '0', '&#53;'),
  evaluated: fc.tuple(word, word).map(([dkim, spf]) => `<dkim>${dkim}</dkim><spf>${spf}</spf>`),
  identifiers: word.map((text) => `<header_from>${text}.example</header_from>`),
  results: word.map((text) => `<spf><result>${text}</result></spf>`),
});

describe('a cache of texts', () => {
  test('forgets what was not used for long, and keeps what is used', () => {
    const cache = createTextCache<number>(100);
    cache.set('used', 1);
    cache.set('left', 2);
    for (let other = 0; other < 50; other += 1) {
      cache.set(`other ${other}`, other);
      expect(cache.get('used')).toBe(1);
    }
    expect(cache.get('left')).toBeUndefined();
    expect(cache.get('other 49')).toBe(49);
  });

  test('does not take what would fill it alone', () => {
    const cache = createTextCache<number>(100);
    cache.set('used', 1);
    cache.set('x'.repeat(51), 2);
    expect([cache.get('used'), cache.get('x'.repeat(51))]).toEqual([1, undefined]);
  });
});

describe('what a reader remembers', () => {
  test('never changes what it reads: every report is as if read first', async () => {
    const reader = createDocumentReader(defaultLimits);
    const reports = fc.array(parts, { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(reports, async (records) => {
        const xml = reportXml({ records: records.map(recordXml).join('') });
        expect(await reportBy(reader, xml)).toEqual(await readReport(xml));
      }),
      { numRuns: 200 },
    );
  });

  test('of a record holds all but its address and count, also what stands before them', async () => {
    const reader = createDocumentReader(defaultLimits);
    for (const name of ['example.org', 'example.net', 'example.org']) {
      const identifiers = `<identifiers><header_from>${name}</header_from></identifiers>`;
      const record = recordXml().replace(/<identifiers>.*<\/identifiers>/, '');
      const xml = reportXml({ records: record.replace('<row>', `${identifiers}<row>`) });
      const { profiles } = await reportBy(reader, xml);
      expect(profiles.map((profile) => profile.identifiers.headerFrom)).toEqual([name]);
    }
  });

  test('holds the encoding: the same bytes mean something else in another one', async () => {
    const reader = createDocumentReader(defaultLimits);
    const xml = reportXml({
      records: recordXml({ results: '<dkim><selector>\u00cf</selector></dkim>' }),
    });
    const selectors = [];
    for (const label of ['windows-1252', 'windows-1251', 'windows-1252']) {
      const bytes = Buffer.from(xml.replace('UTF-8', label), 'latin1');
      const [document] = await reader.readAttachment(bytes, PLACE, NOW_SECONDS);
      selectors.push(
        document?.outcome === 'report' && document.report.profiles[0]?.dkim[0]?.selector,
      );
    }
    expect(selectors).toEqual(['Ï', 'П', 'Ï']);
  });

  test('of a head holds all but its id and dates, wherever these stand', async () => {
    const reader = createDocumentReader(defaultLimits);
    const heads = [
      reportXml({ reportId: 'a', begin: '1767225601' }),
      reportXml({ reportId: 'b &amp; c' }),
      reportXml({ reportId: '<b>c</b>' }),
      reportXml({ reportId: 'd', metadata: '<error>one</error>' }),
      reportXml({ reportId: 'e', orgName: '<report_id>x</report_id>' }),
      reportXml({ reportId: 'f', policy: '<domain>example.net</domain><begin>1</begin>' }),
      reportXml({ reportId: 'g' }).replace(
        '<feedback>',
        '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">',
      ),
      reportXml({ policy: '<domain>example.org</domain><report_id>i</report_id>' }).replace(
        '<report_id>r-1</report_id>',
        '',
      ),
      reportXml({ reportId: 'h' }),
    ];
    for (const xml of [...heads, ...heads]) {
      expect(await reportBy(reader, xml)).toEqual(await readReport(xml));
    }
  });

  test('is no id or date that stands elsewhere than among the metadata', async () => {
    const elsewhere = reportXml({
      policy: '<domain>example.org</domain><p>none</p><report_id>no</report_id><begin>7</begin>',
    })
      .replace('<report_id>r-1</report_id>', '')
      .replace('<begin>1767225600</begin>', '');
    const { metadata, warnings } = await readReport(elsewhere);
    expect([metadata.reportId, metadata.dateRange.begin]).toEqual(['', '']);
    expect(warnings).toEqual(['date-unreadable', 'id-missing']);
  });

  test('lets equal profiles of other spelling be one', async () => {
    const records = [
      recordXml(),
      recordXml({ evaluated: '<disposition>NONE</disposition> <dkim>PASS</dkim><spf>fail</spf>' }),
      recordXml({
        results:
          '<!-- x --><dkim><domain>Example.ORG.</domain><selector>s1</selector><result>pass</result></dkim>',
      }),
      recordXml({ evaluated: '<disposition>none</disposition>' }),
    ];
    const { profiles, rows } = await readReport(reportXml({ records: records.join('') }));
    expect(profiles).toHaveLength(2);
    expect(rows.map(({ profile }) => profile)).toEqual([0, 0, 0, 1]);
  });
});

describe('text beside elements', () => {
  test('is read whole, as the comment of a reason that has only its type as an element', async () => {
    const reason = '<reason>sent on by a list<type>mailing_list</type></reason>';
    const evaluated = `<disposition>none</disposition><dkim>fail</dkim><spf>fail</spf>${reason}`;
    const report = await readReport(reportXml({ records: recordXml({ evaluated }) }));
    expect(report.profiles[0]?.policyEvaluated.reasons).toEqual([
      { type: 'mailing_list', comment: 'sent on by a list' },
    ]);
  });
});
