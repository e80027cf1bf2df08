import { changedDmarcRecord, newDmarcRecord } from './change-dmarc-record.ts';
import type { DmarcChanges } from './change-dmarc-record.ts';
import { readDmarcRecord, recordOf, writeDmarcRecord } from './dmarc-record.ts';
import type { DmarcRecord } from './dns-snapshot.ts';
import type { Correction, RecordProblem } from './findings.ts';
import { readReportUri } from './report-uri.ts';
import { readTagList } from './tag-list.ts';

/** Tells worth knowing that call for no other record, or for a step of its own. */
const NO_CORRECTION: readonly RecordProblem['id'][] = [
  'dmarc-pct',
  'dmarc-testing',
  'dmarc-tag-unknown',
  'dmarc-fo-alone',
];
const MILDEST = ['none', 'quarantine', 'reject'] as const;

/** The record that mends the problem and keeps the other tags; null where nothing is to be changed. */
export function correctedDmarcRecord(
  record: DmarcRecord,
  domain: string,
  found: RecordProblem,
): Correction {
  if (NO_CORRECTION.includes(found.id)) return null;
  return atDomain(domain, changedDmarcRecord(record, changesFor(record, found)));
}

/** What to publish where there is no record: p=none, with reports to the postmaster. */
export function firstDmarcRecord(domain: string): Correction {
  return atDomain(domain, newDmarcRecord('none', []));
}

/** One record of several: the first with the mildest policy of all, and every address for reports. */
export function mergedDmarcRecord(domain: string, texts: readonly string[]): Correction {
  const records = texts.flatMap((text) => readDmarcRecord(text).record ?? []);
  const [first] = records;
  if (!first) return firstDmarcRecord(domain);
  const p = MILDEST.find((policy) => records.some((record) => (record.p ?? 'none') === policy));
  const rua = [...new Set(records.flatMap((record) => record.rua))];
  return atDomain(domain, changedDmarcRecord(first, { p: p ?? 'none', rua }));
}

/** The text made a record: `v=DMARC1` first, then what else of it can be read. */
export function mendedDmarcText(domain: string, text: string): Correction {
  const tags = readTagList(text).tags.filter(({ name }) => name !== 'v');
  const record = recordOf([{ name: 'v', value: 'DMARC1' }, ...tags]);
  return atDomain(domain, changedDmarcRecord(record, {}));
}

/** With an address that reports can be sent to, so that the correction itself has no fault. */
function atDomain(domain: string, record: DmarcRecord): Correction {
  const hasAddress = record.rua.some(isUsable);
  const rua = [...record.rua.filter(isUri), `mailto:postmaster@${domain}`];
  const value = writeDmarcRecord(hasAddress ? record : changedDmarcRecord(record, { rua }));
  return { name: `_dmarc.${domain}`, type: 'TXT', value };
}

const isUsable = (uri: string): boolean => readReportUri(uri).host !== null;
const isUri = (uri: string): boolean => readReportUri(uri).isUri;

function changesFor(record: DmarcRecord, { id, values }: RecordProblem): DmarcChanges {
  switch (id) {
    case 'rua-address-invalid':
      return values['tag'] === 'rua' ? { rua: record.rua.filter(isUsable) } : {};
    case 'rua-size':
      return { rua: record.rua };
    case 'rua-not-authorised':
      return { rua: record.rua.filter((uri) => uri !== values['uri']) };
    case 'dmarc-historic':
      return historicChange(String(values['tag']));
    case 'dmarc-sp-below':
      return { sp: null, np: null };
    case 'dmarc-psd':
      return { psd: null };
    default:
      return {};
  }
}

function historicChange(tag: string): DmarcChanges {
  if (tag === 'rf') return { rf: null };
  return tag === 'ri' ? { ri: null } : { pct: null };
}
