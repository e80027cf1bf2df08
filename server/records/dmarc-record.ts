import type { AlignmentMode, Disposition } from '../../ingest/report.ts';
import type { DmarcRecord } from './dns-snapshot.ts';
import { problem } from './findings.ts';
import type { RecordProblem } from './findings.ts';
import { readReportUris } from './report-uri.ts';
import { readTagList, tagValue, writeTagList } from './tag-list.ts';
import type { Tag, TagList } from './tag-list.ts';

const POLICIES: readonly string[] = ['none', 'quarantine', 'reject'];
const HISTORIC: readonly string[] = ['pct', 'rf', 'ri'];
const KNOWN = 'v p sp np t psd adkim aspf rua ruf fo pct rf ri'.split(' ');
/** What receivers take where the value cannot be read (RFC 9989 §4.7, RFC 7489 §6.3). */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['adkim', 'r'],
  ['aspf', 'r'],
  ['t', 'n'],
  ['psd', 'u'],
  ['fo', '0'],
  ['pct', '100'],
  ['rf', 'afrf'],
  ['ri', '86400'],
]);

/**
 * Is the text a DMARC record at all (RFC 9989 §4.7)? `v=DMARC1` comes first, in capitals; all else is
 * ignored by receivers.
 */
export function isDmarcText(text: string): boolean {
  return /^[vV][ \t]*=[ \t]*DMARC1[ \t]*(;|$)/.test(text);
}

/**
 * Reads a DMARC record with all its tags. `record` is null where the text is none. A value that
 * receivers cannot read is null in the record, stays in `tags`, and is told in `problems`.
 * @param text the record with its TXT pieces joined
 */
export function readDmarcRecord(text: string): {
  record: DmarcRecord | null;
  problems: RecordProblem[];
} {
  if (!isDmarcText(text))
    return { record: null, problems: [problem('dmarc-not-a-record', { text })] };
  const list = readTagList(text);
  const record = recordOf(list.tags);
  return { record, problems: [...listProblems(list), ...valueProblems(record)] };
}

/** What is wrong with a record; acceptable where nothing in it blocks (`severityOf`). */
export function checkDmarcRecord(text: string): RecordProblem[] {
  return readDmarcRecord(text).problems;
}

/** The record as text, its tags in their order. */
export function writeDmarcRecord(record: Pick<DmarcRecord, 'tags'>): string {
  return writeTagList(record.tags);
}

/** The record that has these tags; of a repeated tag the first counts. */
export function recordOf(tags: readonly Tag[]): DmarcRecord {
  const lower = (name: string): string | null => tagValue(tags, name)?.toLowerCase() ?? null;
  const t = lower('t');
  const psd = lower('psd');
  const pct = tagValue(tags, 'pct') ?? '';
  return {
    tags: [...tags],
    p: policyOf(lower('p')),
    sp: policyOf(lower('sp')),
    np: policyOf(lower('np')),
    adkim: modeOf(lower('adkim')),
    aspf: modeOf(lower('aspf')),
    testing: t === 'y' ? true : t === 'n' ? false : null,
    psd: psd === 'y' || psd === 'n' || psd === 'u' ? psd : null,
    pct: /^\d{1,3}$/.test(pct) && Number(pct) <= 100 ? Number(pct) : null,
    fo: isFailureOption(lower('fo')) ? lower('fo') : null,
    rua: readReportUris(tagValue(tags, 'rua') ?? '').map(({ uri }) => uri),
    ruf: readReportUris(tagValue(tags, 'ruf') ?? '').map(({ uri }) => uri),
  };
}

function policyOf(value: string | null): Disposition | null {
  return value !== null && POLICIES.includes(value) ? (value as Disposition) : null;
}

function modeOf(value: string | null): AlignmentMode | null {
  return value === 'r' ? 'relaxed' : value === 's' ? 'strict' : null;
}

function isFailureOption(value: string | null): boolean {
  return value !== null && value.split(':').every((part) => /^\s*[01ds]\s*$/.test(part));
}

function listProblems({ unreadable, repeated, tags }: TagList): RecordProblem[] {
  const problems = [
    ...unreadable.map((text) => problem('dmarc-tag-unreadable', { text })),
    ...repeated.map((tag) => problem('dmarc-tag-twice', { tag })),
  ];
  for (const { name, value } of tags) {
    if (!KNOWN.includes(name)) problems.push(problem('dmarc-tag-unknown', { tag: name }));
    if (HISTORIC.includes(name) && !(name === 'pct' && isPartial(value)))
      problems.push(problem('dmarc-historic', { tag: name }));
  }
  if (tags.some(({ name }) => name === 'p') && tags[1]?.name !== 'p')
    problems.push(problem('dmarc-p-late'));
  return problems;
}

const isPartial = (pct: string): boolean => /^\d{1,2}$/.test(pct);

function valueProblems(record: DmarcRecord): RecordProblem[] {
  return [
    ...policyProblems(record),
    ...record.tags.flatMap((tag) => fallbackProblem(record, tag)),
    ...uriProblems(record, 'rua'),
    ...uriProblems(record, 'ruf'),
    ...remarks(record),
  ];
}

function policyProblems(record: DmarcRecord): RecordProblem[] {
  const problems: RecordProblem[] = [];
  const p = tagValue(record.tags, 'p');
  if (p === null) problems.push(problem('dmarc-p-missing'));
  else if (record.p === null) problems.push(problem('dmarc-p-invalid', { value: p }));
  for (const name of ['sp', 'np'] as const) {
    const value = tagValue(record.tags, name);
    if (value !== null && record[name] === null)
      problems.push(problem(`dmarc-${name}-invalid`, { value }));
  }
  return problems;
}

function fallbackProblem(record: DmarcRecord, tag: Tag): RecordProblem[] {
  const fallback = DEFAULTS.get(tag.name);
  if (fallback === undefined || isReadableTag(record, tag)) return [];
  return [problem('dmarc-value-invalid', { tag: tag.name, value: tag.value, fallback })];
}

/** Can receivers read the tag's value? True of tags that they ignore. */
export function isReadableTag(record: DmarcRecord, { name, value }: Tag): boolean {
  if (name === 'rf') return /^[\w:.-]+$/.test(value);
  if (name === 'ri') return /^\d+$/.test(value);
  const read = new Map<string, unknown>([
    ['p', record.p],
    ['sp', record.sp],
    ['np', record.np],
    ['adkim', record.adkim],
    ['aspf', record.aspf],
    ['t', record.testing],
    ['psd', record.psd],
    ['fo', record.fo],
    ['pct', record.pct],
  ]);
  return read.get(name) !== null;
}

function uriProblems(record: DmarcRecord, tag: 'rua' | 'ruf'): RecordProblem[] {
  const value = tagValue(record.tags, tag);
  if (value === null) return tag === 'rua' ? [problem('rua-missing')] : [];
  const uris = readReportUris(value);
  const usable = uris.some(({ host }) => host !== null);
  return [
    ...(tag === 'rua' && !usable ? [problem('rua-invalid')] : []),
    ...uris
      .filter(({ host }) => host === null)
      .map(({ uri }) => problem('rua-address-invalid', { tag, uri })),
    ...uris.filter((uri) => uri.hasSizeLimit).map(({ uri }) => problem('rua-size', { uri })),
  ];
}

function remarks(record: DmarcRecord): RecordProblem[] {
  const problems: RecordProblem[] = [];
  if (record.testing === true) problems.push(problem('dmarc-testing'));
  if (record.pct !== null && record.pct < 100)
    problems.push(problem('dmarc-pct', { value: record.pct }));
  if (record.fo !== null && record.ruf.length === 0) problems.push(problem('dmarc-fo-alone'));
  return problems;
}
