import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Limits } from '../../ingest/limits.ts';
import { recordXml, reportXml } from './a-report.ts';
import { outcomes, readOne, readReport } from './reading.ts';

const MIB = 1024 * 1024;
const report = reportXml();
const withDoctype = (doctype: string): string =>
  report.replace('<feedback>', `${doctype}<feedback>`);
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const inName = (text: string): string => reportXml({ orgName: text });
const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

const BILLION_LAUGHS =
  '<!DOCTYPE f [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';

describe('a document type or an entity is refused', () => {
  test.each<[string, Buffer | string]>([
    ['billion laughs', withDoctype(BILLION_LAUGHS)],
    ['quadratic blow-up', withDoctype(`<!DOCTYPE f [<!ENTITY a "${'a'.repeat(10_000)}">]>`)],
    ['an external file', withDoctype('<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/passwd">]>')],
    [
      'a parameter entity',
      withDoctype('<!DOCTYPE f [<!ENTITY % a SYSTEM "http://127.0.0.1:9/">%a;]>'),
    ],
    ['an external subset', withDoctype('<!DOCTYPE feedback SYSTEM "x">')],
    ['20,000 document types', withDoctype('<!DOCTYPE f>'.repeat(20_000))],
    ['lower case', withDoctype('<!doctype f>')],
    ['after a MiB of spaces', withDoctype(' '.repeat(MIB) + '<!DOCTYPE f>')],
    ['in UTF-16', utf16(withDoctype('<!DOCTYPE f>'))],
    ['inside the report', report.replace('<record>', '<!DOCTYPE f><record>')],
    ['inside a record', reportXml({ records: recordXml({ count: '<!ENTITY a "1">5' }) })],
    ['before a wrapper', `<!DOCTYPE f><w>${report.replace(/<\?.*?\?>/, '')}</w>`],
  ])('%s', async (_, bytes) => {
    for (const limits of [{}, { inflatedAtOnceBytes: 100 }]) {
      expect(await outcomes(gzipSync(bytes), limits)).toEqual(['doctype']);
    }
  });

  test('but not where it is only named in a comment or CDATA', async () => {
    const comment = withDoctype('<!-- <!DOCTYPE f> -->');
    expect(await outcomes(comment)).toEqual(['report']);
    expect(await readReport(inName('<![CDATA[<!DOCTYPE f>]]>'))).toMatchObject({
      metadata: { orgName: '<!DOCTYPE f>' },
    });
  });

  test('and a web page is no broken report', async () => {
    const page = '<!DOCTYPE html><html><body><p>Please give us feedback<br></body></html>';
    expect(await readOne(page)).toMatchObject({
      outcome: 'not-a-report',
      problem: { reason: 'other-xml' },
      kept: null,
    });
  });
});

describe('a document beyond a cap is refused, in little time', () => {
  const small = { recordBytes: 4000, headBytes: 4000, textBytes: 1000, startTagBytes: 500 };
  const cases: [attack: string, text: string, reason: string, limits: Partial<Limits>][] = [
    ['5 million numeric references in a text', inName('&#65;'.repeat(5_000_000)), 'text-limit', {}],
    ['20 MiB of text in a name', inName('a'.repeat(20 * MIB)), 'text-limit', {}],
    ['20 MiB of white space', report.replace('<record>', ' '.repeat(20 * MIB)), 'text-limit', {}],
    ['text in pieces around comments', inName('aaaa<!-- -->'.repeat(300)), 'text-limit', small],
    [
      '5 million empty elements',
      reportXml({ metadata: '<a/>'.repeat(5_000_000) }),
      'head-limit',
      {},
    ],
    [
      'metadata of many elements',
      reportXml({ metadata: '<error>e</error>'.repeat(300) }),
      'head-limit',
      small,
    ],
    ['elements 33 deep', reportXml({ metadata: nested(31) }), 'depth', {}],
    ['elements 100,000 deep', reportXml({ metadata: nested(100_000) }), 'depth', {}],
    [
      'elements 100 deep in a record',
      reportXml({ records: recordXml({ results: nested(100) }) }),
      'depth',
      {},
    ],
    [
      'a million attributes',
      report.replace('<feedback>', `<feedback ${'a="1" '.repeat(1_000_000)}>`),
      'tag-size',
      {},
    ],
    ['a name of 10 MB', report.replace('<record>', `<${'a'.repeat(10_000_000)}>`), 'tag-size', {}],
    [
      'a processing instruction of 10 MB',
      report.replace('<record>', `<?a ${'a'.repeat(10_000_000)}?>`),
      'tag-size',
      {},
    ],
    [
      'an attribute of 600 bytes',
      report.replace('<record>', `<record a="${'a'.repeat(600)}">`),
      'tag-size',
      small,
    ],
    [
      'a comment of 20 MB without end',
      report.replace('<record>', `<!--${'a'.repeat(20_000_000)}`),
      'malformed',
      {},
    ],
    ['CDATA of 20 MB without end', inName(`<![CDATA[${'a'.repeat(20_000_000)}`), 'text-limit', {}],
    [
      'a record too many',
      reportXml({ records: recordXml().repeat(101) }),
      'record-limit',
      { records: 100 },
    ],
    [
      'a record too many, none of which can be read',
      reportXml({ records: '<record/>'.repeat(101) }),
      'record-limit',
      { records: 100 },
    ],
    [
      'a distinct record too many',
      reportXml({
        records: Array.from({ length: 11 }, (_, i) =>
          recordXml({ identifiers: `<header_from>s${i}.example.org</header_from>` }),
        ).join(''),
      }),
      'profile-limit',
      { profiles: 10 },
    ],
  ];

  test.each(cases)('%s', async (_, text, reason, limits) => {
    const packed = gzipSync(text, { level: 1 });
    for (const options of [{ plainShape: true }, { plainShape: false }]) {
      const startMs = performance.now();
      expect(await outcomes(packed, limits, options)).toEqual([reason]);
      expect(performance.now() - startMs).toBeLessThan(3000);
    }
  });

  test('and one just below the caps is read', async () => {
    const records = recordXml().repeat(100);
    expect(await outcomes(reportXml({ records }), { records: 100 })).toEqual(['report']);
    expect(await outcomes(reportXml({ metadata: nested(30) }))).toEqual(['report']);
    expect(await outcomes(inName('a'.repeat(65_536)))).toEqual(['report']);
    const spaced = reportXml({ records: `${recordXml()}  \n`.repeat(1000) });
    expect(await outcomes(spaced, { textBytes: 1000 })).toEqual(['report']);
  });
});

describe('a record beyond its cap costs its row, and no more', () => {
  const large = recordXml({ results: '<dkim><result>fail</result></dkim>'.repeat(20_000) });

  test.each([true, false])('read in the plain shape: %s', async (plainShape) => {
    const text = reportXml({ records: recordXml() + large + recordXml({ count: '7' }) });
    expect(await readOne(gzipSync(text), {}, { plainShape })).toMatchObject({
      report: {
        recordCount: 3,
        refusedRows: [{ position: 1, reason: 'record-too-large' }],
        rows: [
          { position: 0, count: 5 },
          { position: 2, count: 7 },
        ],
        warnings: ['rows-refused'],
      },
    });
  });

  test('a record of 5,000 signatures keeps 100 of them, and says so', async () => {
    const results = '<dkim><domain>a.example</domain></dkim>'.repeat(5000);
    const { profiles, warnings } = await readReport(reportXml({ records: recordXml({ results }) }));
    expect(profiles[0]?.dkim).toHaveLength(100);
    expect(warnings).toContain('dkim-results-dropped');
  });

  test('of 300 refused rows 100 are told, and all are counted', async () => {
    const records = recordXml({ count: 'many' }).repeat(300);
    const { refusedRows, refusedRowCount } = await readReport(reportXml({ records }));
    expect([refusedRows.length, refusedRowCount]).toEqual([100, 300]);
  });
});

describe('names that mean something to JavaScript', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf'])(
    '<%s> pollutes nothing, wherever it stands',
    async (name) => {
      const element = `<${name}>x</${name}>`;
      const found = [
        await outcomes(reportXml({ metadata: element })),
        await outcomes(reportXml({ records: recordXml({ results: element }) + recordXml() })),
        await outcomes(reportXml({ records: recordXml({ evaluated: `<a ${name}="1"/>` }) })),
      ];
      expect(found.flat().every((one) => one === 'report' || one === 'malformed')).toBe(true);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
      expect(await outcomes(report)).toEqual(['report']);
    },
  );
});
