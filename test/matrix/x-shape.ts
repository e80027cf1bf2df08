import { expect } from 'vitest';
import { recordXml } from '../ingest/a-report.ts';
import { caseXml, fileName, mailWith } from './mails.ts';
import type { Fed, MatrixCase, MatrixRow } from './row.ts';
import { row, xmlCase } from './xml-case.ts';

const MALFORMED = 'refused malformed';
const TRUNCATED = 'refused truncated';
const CUTS = 3000;

const atRecord = (text: string): string => caseXml().replace('<record>', text);
const atFeedback = (tag: string): string => caseXml().replace('<feedback>', tag);

/** Documents that are not well-formed, or of another shape than most. */
export function shapeRows(): MatrixRow[] {
  return [
    row('X12', 'names that mean something to JavaScript', scriptNames, {
      also: () => {
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      },
    }),
    row('X13', 'a report cut at every byte', cutAtEveryByte, { also: tellCuts }),
    row('X14', 'tags that do not match', () => [
      xmlCase('crossed', () => atRecord('<a><b></a></b><record>'), MALFORMED),
      xmlCase('crossed in a record', () => atRecord('<record><a><b></a></b>'), MALFORMED),
      xmlCase('closed by another name', () => caseXml().replace('</row>', '</rows>'), MALFORMED),
      xmlCase('closed and not opened', () => caseXml().replace('<row>', ''), MALFORMED),
    ]),
    row('X15', 'more or less than one root', () => [
      xmlCase('two reports', () => caseXml() + caseXml().replace(/^.*\n/, ''), MALFORMED),
      xmlCase('an element behind', () => `${caseXml()}<a/>`, MALFORMED),
      xmlCase('text behind', () => `${caseXml()}text`, MALFORMED),
      xmlCase('nothing', () => '', 'not-a-report empty'),
      xmlCase('white space', () => ' \n', 'not-a-report empty'),
      xmlCase('only a declaration', () => '<?xml version="1.0"?>', TRUNCATED),
      xmlCase('another document', () => '<rss></rss>', 'not-a-report other-xml'),
      xmlCase('an empty report', () => '<feedback/>', 'refused no-content'),
    ]),
    row('X18', 'namespaces', () => [
      xmlCase('of RFC 9990', () =>
        atFeedback('<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">'),
      ),
      xmlCase('of RFC 7489', () => atFeedback('<feedback xmlns="http://dmarc.org/dmarc-xml/0.1">')),
      xmlCase('of nobody', () => atFeedback('<feedback xmlns="http://nobody.example/">')),
      xmlCase('with a prefix', () =>
        caseXml()
          .replace(/<(\/?)([a-z])/g, '<$1d:$2')
          .replace('<d:feedback', '<d:feedback xmlns:d="x"'),
      ),
    ]),
    row('X19', 'sections, comments and instructions in values', () => [
      xmlCase('CDATA', () => caseXml({ records: recordXml({ count: '<![CDATA[5]]>' }) })),
      xmlCase(
        'a comment in a number',
        () => caseXml({ records: recordXml({ count: '1<!-- 9 -->2' }) }),
        'stored',
        12,
      ),
      xmlCase('an instruction in a record', () => atRecord('<record><?a 9?>')),
    ]),
    row('X21', 'elements that nobody knows, and another order', () => [
      xmlCase('an extension', () =>
        atRecord('<x:ext xmlns:x="x"><x:count>9</x:count></x:ext><record>'),
      ),
      xmlCase('in a record', () =>
        caseXml({ records: recordXml({ results: '<arc><count>9</count></arc>' }) }),
      ),
      xmlCase('in a row', () =>
        caseXml({
          records: recordXml({ evaluated: '<dkim>pass</dkim><spf>fail</spf><count2>9</count2>' }),
        }),
      ),
      xmlCase('records first', () => {
        const xml = caseXml();
        const record = recordXml();
        return xml.replace(record, '').replace('<report_metadata>', `${record}<report_metadata>`);
      }),
    ]),
    row('X22', 'an element said twice', repeatedElements, { also: expectRefusedRows }),
  ];
}

const SCRIPT_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
];

function scriptNames(): MatrixCase[] {
  return SCRIPT_NAMES.flatMap((name) => {
    const element = `<${name}><polluted>x</polluted></${name}>`;
    const said = REFUSED_NAMES.has(name) ? MALFORMED : 'stored';
    return [
      xmlCase(`<${name}> in the head`, () => caseXml({ metadata: element }), said),
      xmlCase(
        `<${name}> in a record`,
        () => caseXml({ records: recordXml({ results: element }) }),
        said,
      ),
      xmlCase(`${name}="1"`, () => atRecord(`<record ${name}="1">`)),
    ];
  });
}
/** fast-xml-parser refuses these. */
const REFUSED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** Every beginning of one report of 3,000 bytes up to the end of its last tag, as bare XML. */
function cutAtEveryByte(): MatrixCase[] {
  const records = recordXml().repeat(7);
  const short = caseXml({ records }).trimEnd();
  const whole = caseXml({ records, orgName: 'R'.repeat(CUTS - short.length + 16) }).trimEnd();
  const cut = (bytes: number, expected: string): MatrixCase => ({
    attack: `${bytes} bytes`,
    mail: () => mailWith(whole.slice(0, bytes), fileName('xml'), 'text/xml'),
    expected: [expected],
  });
  expect(whole).toHaveLength(CUTS);
  return [
    cut(0, 'not-a-report empty'),
    ...Array.from({ length: CUTS - 1 }, (_, index) => cut(index + 1, TRUNCATED)),
  ];
}

function tellCuts({ rows }: Fed): void {
  const stored = rows.filter(({ documents }) => documents.some((one) => one.reportId !== null));
  expect(rows).toHaveLength(CUTS);
  const figure = { name: 'cut-at-every-byte', value: stored.length, unit: `stored of ${CUTS}` };
  process.stdout.write(
    `${JSON.stringify({ ...figure, bar: 0, met: stored.length === 0, seed: 0 })}\n`,
  );
}

const twice = (record: string): string => caseXml({ records: record + recordXml() });

function repeatedElements(): MatrixCase[] {
  const address = '<source_ip>192.0.2.9</source_ip>';
  return [
    xmlCase(
      'two counts',
      () => twice(recordXml().replace('</row>', '<count>6</count></row>')),
      'stored rows-refused',
    ),
    xmlCase(
      'two addresses',
      () => twice(recordXml().replace('</row>', `${address}</row>`)),
      'stored rows-refused',
    ),
    xmlCase(
      'two rows',
      () => twice(recordXml().replace('<row>', '<row></row><row>')),
      'stored element-repeated rows-refused unstated-evaluation',
    ),
    xmlCase(
      'two heads',
      () =>
        caseXml().replace(
          '<policy_published>',
          '<report_metadata><org_name>x</org_name></report_metadata><policy_published>',
        ),
      'stored element-repeated',
    ),
  ];
}

/** The page says "1 of 2 rows refused", and why. */
async function expectRefusedRows({ reader, rows }: Fed): Promise<void> {
  for (const { documents } of rows.slice(0, 3)) {
    const report = await reader.report(documents[0]?.reportId ?? 0);
    expect(report).toMatchObject({ records: 2, refusedRows: 1 });
    expect(report?.refusedRowDetails).toMatchObject([{ position: 0, reason: 'ambiguous' }]);
  }
}
