import { createHash } from 'node:crypto';
import { createRandom, integer, pick, type Random } from '../../server/demo/random.ts';

/**
 * Reports for an oracle that shares nothing with what reads and stores them: their XML is written here
 * from plain values, and their sums are added up here.
 */
export interface ToldReport {
  orgName: string;
  reportId: string;
  domain: string;
  /** Days since 1970, UTC: the report covers exactly this day. */
  day: number;
  rows: ToldRow[];
  xml: string;
  /** Of the XML, in hex. */
  sha256: string;
}

interface ToldRow {
  /** Canonical text (RFC 5952). */
  sourceIp: string;
  count: number;
  dkim: 'pass' | 'fail';
  spf: 'pass' | 'fail';
  disposition: 'none' | 'quarantine' | 'reject';
}

const FIRST_DAY = 20_440;
const DAYS = 25;
const DOMAINS = 12;
const REPORTERS = 20;
const ADDRESSES = 60;
const MOST_ROWS = 8;
const SHAPES = 6;

/**
 * Report number `serial` of a seed.
 * @param version 0, or another one of the same report: as a reporter that sends other numbers again.
 */
export function toldReport(seed: number, serial: number, version = 0): ToldReport {
  const random = createRandom(seed + 7 * serial);
  const reporter = `receiver-${integer(random, REPORTERS)}.example`;
  const head = {
    orgName: `${reporter} <sons> & co`,
    reportId: `${serial}@${reporter}`,
    domain: `domain-${integer(random, DOMAINS)}.example`,
    day: FIRST_DAY + integer(random, DAYS),
  };
  const rows = Array.from({ length: 1 + integer(random, MOST_ROWS) }, () => rowOf(random, version));
  const xml = writeXml({ ...head, rows }, serial % SHAPES);
  return { ...head, rows, xml, sha256: createHash('sha256').update(xml).digest('hex') };
}

/** Whether its XML stands on one line, so that it can travel as the text of a mail. */
export const isOneLine = (serial: number): boolean => serial % SHAPES === 0;

function rowOf(random: Random, version: number): ToldRow {
  const address = integer(random, ADDRESSES);
  const isAligned = { dkim: random() < 0.7, spf: random() < 0.6 };
  return {
    sourceIp:
      address % 4 === 3
        ? `2a00:${address.toString(16)}:2:3:4:5:6:7`
        : `198.51.${address}.${1 + (address % 9)}`,
    count: 1 + Math.floor(300 * random() ** 6) + 3 * version,
    dkim: isAligned.dkim ? 'pass' : 'fail',
    spf: isAligned.spf ? 'pass' : 'fail',
    disposition:
      isAligned.dkim || isAligned.spf ? 'none' : pick(random, ['none', 'quarantine', 'reject']),
  };
}

type Head = Pick<ToldReport, 'orgName' | 'reportId' | 'domain' | 'day'>;

/** Every shape says the same: on one line, on many, with comments, CDATA, prefixes, attributes, capitals. */
function writeXml(report: Head & { rows: readonly ToldRow[] }, shape: number): string {
  const between = shape === 0 ? '' : '\n  ';
  const plain = [
    '<feedback><version>1.0</version>',
    ...headLines(report),
    ...report.rows.map((row, place) => recordLine(report.domain, row, place, shape)),
    '</feedback>',
  ].join(between);
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  return declaration + between + (shape === 4 ? prefixed(plain) : plain);
}

function headLines({ orgName, reportId, domain, day }: Head): string[] {
  const org = orgName.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;');
  const begin = day * 86_400;
  return [
    `<report_metadata><org_name>${org}</org_name><email>dmarc@receiver.example</email>`,
    `<report_id>${reportId}</report_id>`,
    `<date_range><begin>${begin}</begin><end>${begin + 86_399}</end></date_range></report_metadata>`,
    `<policy_published><domain>${domain}</domain><adkim>r</adkim><aspf>r</aspf><p>none</p>`,
    '<sp>none</sp><pct>100</pct></policy_published>',
  ];
}

function recordLine(domain: string, row: ToldRow, place: number, shape: number): string {
  const ip = shape === 5 ? row.sourceIp.toUpperCase() : row.sourceIp;
  const count = shape === 2 ? `<![CDATA[${row.count}]]>` : ` ${row.count} `;
  const attribute = shape === 3 ? ' odd="<row place>"'.replace('<row place>', `${place}`) : '';
  const comment = shape === 1 ? '<!-- <count>999</count> -->' : '';
  return [
    `<record><row${attribute}>${comment}<source_ip>${ip}</source_ip><count>${count}</count>`,
    `<policy_evaluated><disposition>${row.disposition}</disposition>`,
    `<dkim>${row.dkim}</dkim><spf>${row.spf}</spf></policy_evaluated></row>`,
    `<identifiers><header_from>${domain}</header_from></identifiers>`,
    `<auth_results><dkim><domain>${domain}</domain><selector>s1</selector>`,
    `<result>${row.dkim}</result></dkim>`,
    `<spf><domain>bounce.${domain}</domain><result>${row.spf}</result></spf>`,
    '</auth_results></record>',
  ].join('');
}

const prefixed = (xml: string): string =>
  xml
    .replace(/<(\/?)(\w)/g, '<$1dmarc:$2')
    .replace('<dmarc:feedback>', '<dmarc:feedback xmlns:dmarc="urn:example:dmarc">');

/** Messages by what tells them apart. */
export type ToldSums = Map<string, number>;

/** Of a sum: policy domain, day, source address, whether DKIM and SPF are aligned, disposition. */
export const sumKey = (
  ...parts: [string, number, string, number | null, number | null, string | null]
): string => parts.join(' ');

export function addTold(sums: ToldSums, { domain, day, rows }: ToldReport): void {
  for (const { sourceIp, dkim, spf, disposition, count } of rows) {
    const aligned = [Number(dkim === 'pass'), Number(spf === 'pass')] as const;
    const key = sumKey(domain, day, sourceIp, ...aligned, disposition);
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
}
