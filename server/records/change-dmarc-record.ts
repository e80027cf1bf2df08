import type { AlignmentMode, Disposition } from '../../ingest/report.ts';
import { isReadableTag, recordOf } from './dmarc-record.ts';
import type { DmarcRecord } from './dns-snapshot.ts';
import type { Tag } from './tag-list.ts';

/** What to set; null takes the tag out, a tag left out stays as it is. */
export interface DmarcChanges {
  p?: Disposition;
  sp?: Disposition | null;
  np?: Disposition | null;
  adkim?: AlignmentMode | null;
  aspf?: AlignmentMode | null;
  /** t=y; false takes the tag out, because n is the default. */
  testing?: boolean;
  /** URIs with their scheme. */
  rua?: readonly string[];
  psd?: null;
  pct?: null;
  rf?: null;
  ri?: null;
}

/** Order in which tags that are new find their place; all else stays where it was. */
const ORDER = ['v', 'p', 'sp', 'np', 't', 'psd', 'adkim', 'aspf', 'rua', 'ruf', 'fo'];

/**
 * The record with the changes, every other tag kept in its order. What no receiver can read (a
 * repeated tag, an unknown word where a policy or mode is due) is left out, so that the result never
 * holds an error of its own; p becomes none where it was missing or unreadable.
 */
export function changedDmarcRecord(record: DmarcRecord, changes: DmarcChanges): DmarcRecord {
  const tags = readableTags(record);
  if (record.p === null) setTag(tags, 'p', 'none');
  for (const [name, value] of Object.entries(changedValues(changes)))
    if (value !== undefined) setTag(tags, name, value);
  return recordOf(withPolicySecond(tags));
}

/** A record from nothing: `v=DMARC1`, the policy and the addresses for reports. */
export function newDmarcRecord(p: Disposition, rua: readonly string[]): DmarcRecord {
  return changedDmarcRecord(recordOf([{ name: 'v', value: 'DMARC1' }]), { p, rua });
}

function readableTags(record: DmarcRecord): Tag[] {
  const first = new Set<string>();
  return record.tags.filter((tag) => {
    if (first.has(tag.name)) return false;
    first.add(tag.name);
    return isReadableTag(record, tag);
  });
}

function changedValues(changes: DmarcChanges): Record<string, string | null | undefined> {
  const { testing, rua } = changes;
  return {
    p: changes.p,
    sp: changes.sp,
    np: changes.np,
    t: testing === undefined ? undefined : testing ? 'y' : null,
    adkim: letterOf(changes.adkim),
    aspf: letterOf(changes.aspf),
    rua: rua && (rua.length > 0 ? rua.map(encodedUri).join(',') : null),
    psd: changes.psd,
    pct: changes.pct,
    rf: changes.rf,
    ri: changes.ri,
  };
}

const letterOf = (mode: AlignmentMode | null | undefined): string | null | undefined =>
  mode === 'strict' ? 's' : mode === 'relaxed' ? 'r' : mode;

/** What would end the address, the list or the tag early (RFC 9989 §4.8). */
function encodedUri(uri: string): string {
  return uri.replace(/[,;!\s]/g, (character) => encodeURIComponent(character).replace('!', '%21'));
}

function setTag(tags: Tag[], name: string, value: string | null): void {
  const at = tags.findIndex((tag) => tag.name === name);
  if (at >= 0) tags.splice(at, 1, ...(value === null ? [] : [{ name, value }]));
  else if (value !== null) tags.splice(placeOf(tags, name), 0, { name, value });
}

function placeOf(tags: readonly Tag[], name: string): number {
  const before = ORDER.slice(0, ORDER.indexOf(name));
  return tags.findLastIndex((tag) => before.includes(tag.name)) + 1;
}

function withPolicySecond(tags: readonly Tag[]): Tag[] {
  const policy = tags.filter(({ name }) => name === 'p');
  const [version, ...rest] = tags.filter(({ name }) => name !== 'p');
  return version ? [version, ...policy, ...rest] : policy;
}
