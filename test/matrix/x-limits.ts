import { recordXml } from '../ingest/a-report.ts';
import { caseXml, mailWith } from './mails.ts';
import type { MatrixRow } from './row.ts';
import { gzipOf, packRepeated } from './packing.ts';
import { row, xmlCase } from './xml-case.ts';

const MIB = 1024 * 1024;
const OWN = { inOwnProcess: true };

const inName = (text: string): string => caseXml({ orgName: text });
const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
const atFeedback = (tag: string): string => caseXml().replace('<feedback>', tag);
const atRecord = (text: string): string => caseXml().replace('<record>', text);
/** A report of many records, never whole in memory. */
function manyRecords(records: number, record: string): Buffer {
  const [head = '', tail = ''] = caseXml({ records: '@' }).split('@');
  return mailWith(gzipOf(packRepeated(head, record.repeat(100), records / 100, tail)));
}

const SMALL_RECORD = '<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>';
const RECORDS = 200_000;
/** As large as reporters make them: 128 MB of 200,000. */
const LARGE_RECORD = recordXml({
  results: '<dkim><domain>example.org</domain><selector>s1</selector><result>pass</result></dkim>'
    .repeat(3)
    .concat('<spf><domain>example.org</domain><scope>mfrom</scope><result>fail</result></spf>'),
}).padEnd(640, ' ');

/** Documents beyond the caps. */
export function limitRows(): MatrixRow[] {
  return [
    row(
      'X07',
      '5 million numeric references',
      () => [xmlCase('in a name', () => inName('&#65;'.repeat(5_000_000)), 'refused text-limit')],
      OWN,
    ),
    row(
      'X08',
      '20 MiB of text',
      () => [
        xmlCase('in a name', () => inName('a'.repeat(20 * MIB)), 'refused text-limit'),
        xmlCase('of white space', () => atRecord(' '.repeat(20 * MIB)), 'refused text-limit'),
      ],
      OWN,
    ),
    row(
      'X09',
      '5.2 million empty elements',
      () => [
        xmlCase(
          'in the head',
          () => caseXml({ metadata: '<a/>'.repeat(5_200_000) }),
          'refused head-limit',
        ),
        xmlCase(
          'in a record, which costs that record',
          () =>
            caseXml({ records: recordXml({ results: '<a/>'.repeat(5_200_000) }) + recordXml() }),
          'stored rows-refused',
        ),
      ],
      OWN,
    ),
    row(
      'X10',
      'elements in elements',
      () => [
        xmlCase('33 deep', () => caseXml({ metadata: nested(31) }), 'refused depth'),
        xmlCase('1,000 deep', () => caseXml({ metadata: nested(1000) }), 'refused depth'),
        xmlCase('100,000 deep', () => caseXml({ metadata: nested(100_000) }), 'refused depth'),
        xmlCase(
          '1,000 deep in a record',
          () => caseXml({ records: recordXml({ results: nested(1000) }) }),
          'refused depth',
        ),
        xmlCase('32 deep', () => caseXml({ metadata: nested(30) })),
      ],
      OWN,
    ),
    row(
      'X11',
      'a tag without end',
      () => [
        xmlCase(
          'a million attributes',
          () => atFeedback(`<feedback ${'a="1" '.repeat(1_000_000)}>`),
          'refused tag-size',
        ),
        xmlCase(
          'a name of 10 MB',
          () => atRecord(`<${'a'.repeat(10_000_000)}>`),
          'refused tag-size',
        ),
        xmlCase(
          'an instruction of 10 MB',
          () => atRecord(`<?a ${'a'.repeat(10_000_000)}?><record>`),
          'refused tag-size',
        ),
      ],
      OWN,
    ),
    row(
      'X20',
      '20 MB that are never closed',
      () => [
        xmlCase('a comment', () => atRecord(`<!--${'a'.repeat(20_000_000)}`), 'refused malformed'),
        xmlCase('CDATA', () => inName(`<![CDATA[${'a'.repeat(20_000_000)}`), 'refused text-limit'),
      ],
      OWN,
    ),
    row(
      'X23',
      'very many records',
      () => [
        {
          attack: '200,000 in 128 MB',
          mail: () => manyRecords(RECORDS, LARGE_RECORD),
          expected: ['stored'],
          messages: RECORDS * 5,
        },
        {
          attack: 'one too many',
          mail: () => manyRecords(1_000_100, SMALL_RECORD),
          expected: ['refused record-limit'],
        },
      ],
      OWN,
    ),
  ];
}
