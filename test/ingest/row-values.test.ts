import { describe, expect, test } from 'vitest';
import type { RowProblem } from '../../ingest/report.ts';
import { readRowValues } from '../../ingest/row-values.ts';
import { recordXml, reportXml } from './a-report.ts';
import { readReport } from './reading.ts';

const MOST = 1_000_000_000;
const ADDRESS = '192.0.2.1';

const counts: [text: string | null, result: number | RowProblem][] = [
  ['1', 1],
  ['007', 7],
  [' 5 ', 5],
  ['\n12\r\n', 12],
  ['1000000000', MOST],
  [null, 'count-missing'],
  ['', 'count-missing'],
  ['  ', 'count-missing'],
  ['0', 'count-invalid'],
  ['-1', 'count-invalid'],
  ['+5', 'count-invalid'],
  ['5.0', 'count-invalid'],
  ['1e3', 'count-invalid'],
  ['1e309', 'count-invalid'],
  ['0x10', 'count-invalid'],
  ['1 2', 'count-invalid'],
  ['1,000', 'count-invalid'],
  ['NaN', 'count-invalid'],
  ['Infinity', 'count-invalid'],
  ['٥', 'count-invalid'],
  ['５', 'count-invalid'],
  ['true', 'count-invalid'],
  ['1000000001', 'count-too-large'],
  ['9223372036854775808', 'count-too-large'],
  ['9'.repeat(30), 'count-too-large'],
];

describe('the count of a row', () => {
  test.each(counts)('%j is %j', (text, result) => {
    const values = readRowValues(ADDRESS, text, MOST);
    expect(values.ok ? values.value.count : values.problem.reason).toBe(result);
  });

  test.each(counts)('%j is the same in a report', async (text, result) => {
    const record = recordXml(text === null ? {} : { count: text });
    const records = text === null ? record.replace(/<count>.*?<\/count>/, '') : record;
    const { rows, refusedRows } = await readReport(reportXml({ records }));
    expect(rows[0]?.count ?? refusedRows[0]?.reason).toBe(result);
  });

  test('is told as it was sent where it is refused, cut to what can be shown', async () => {
    const records = recordXml({ count: '٥ &lt;b&gt;' }) + recordXml({ count: 'x'.repeat(500) });
    const { refusedRows } = await readReport(reportXml({ records }));
    expect(refusedRows.map(({ detail }) => detail)).toEqual(['٥ <b>', 'x'.repeat(100)]);
  });
});

describe('a record in which values are missing, repeated or odd', () => {
  const address = `<source_ip>${ADDRESS}</source_ip>`;
  test.each<[string, string, RowProblem | number]>([
    ['two counts', recordXml().replace('</row>', '<count>6</count></row>'), 'ambiguous'],
    ['two addresses', recordXml().replace('</row>', `${address}</row>`), 'ambiguous'],
    ['two rows', recordXml().replace('</record>', `<row>${address}</row></record>`), 'ambiguous'],
    ['values outside of a row', recordXml().replaceAll('row>', 'line>'), 'address-missing'],
    [
      'a count outside of its row',
      recordXml().replace(/(<count>.*?<\/count>)(.*)<\/row>/, '$2</row>$1'),
      'count-missing',
    ],
    [
      'prefixed names',
      recordXml().replaceAll('source_ip', 'x:source_ip').replaceAll('count', 'x:count'),
      5,
    ],
    ['references in its values', recordXml({ count: '&#53;', sourceIp: '192&#46;0.2.1' }), 5],
    [
      'the count before the address',
      recordXml().replace(/(<source_ip>.*?<\/source_ip>)(<count>.*?<\/count>)/, '$2$1'),
      5,
    ],
    ['a comment in its count', recordXml({ count: '1<!-- no -->2' }), 12],
    ['CDATA for a count', recordXml({ count: '<![CDATA[5]]>' }), 5],
    ['an instruction in its address', recordXml({ sourceIp: '192.0.2<?a b?>.1' }), 5],
    ['another element in its count', recordXml({ count: '<b>5</b>' }), 'count-missing'],
    [
      'the same names in its results',
      recordXml({ results: '<spf><count>9</count><source_ip>x</source_ip></spf>' }),
      5,
    ],
    [
      'the same names before its row',
      recordXml().replace('<row>', `<note>${address}<count>9</count></note><row>`),
      5,
    ],
  ])('with %s', async (_, record, result) => {
    const { rows, refusedRows, recordCount } = await readReport(
      reportXml({ records: record + recordXml() }),
    );
    expect(recordCount).toBe(2);
    expect(rows.find(({ position }) => position === 0)?.count ?? refusedRows[0]?.reason).toBe(
      result,
    );
    expect(rows.at(-1)).toMatchObject({ position: 1, sourceIp: ADDRESS, count: 5 });
  });
});
