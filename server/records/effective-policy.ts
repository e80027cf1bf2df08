import type { DmarcRecord, EffectivePolicy } from './dns-snapshot.ts';
import { readReportUris } from './report-uri.ts';
import { tagValue } from './tag-list.ts';

/** Where a name stands to the record: its own, or that of an organizational domain above it. */
export type Standing = 'own' | 'below' | 'below-and-absent';

/**
 * How receivers treat the record (RFC 9989 §4.10.1): `applies`; `as-none` where p is missing or
 * unreadable, or sp or np is unreadable, and rua holds a URI; `no-dmarc` where rua holds none either.
 */
export function applicability(record: DmarcRecord): 'applies' | 'as-none' | 'no-dmarc' {
  const unreadable = (name: 'sp' | 'np') =>
    record[name] === null && tagValue(record.tags, name) !== null;
  if (record.p !== null && !unreadable('sp') && !unreadable('np')) return 'applies';
  const uris = readReportUris(tagValue(record.tags, 'rua') ?? '');
  return uris.some(({ isUri }) => isUri) ? 'as-none' : 'no-dmarc';
}

/**
 * What a receiver applies to a name: `p` to mail with the name itself in From, `sp` to existing and
 * `np` to absent names below it. null where the record is as good as none.
 */
export function effectivePolicy(record: DmarcRecord, standing: Standing): EffectivePolicy | null {
  const state = applicability(record);
  if (state === 'no-dmarc') return null;
  const isUsed = state === 'applies';
  const p = (isUsed ? record.p : null) ?? 'none';
  const sp = (isUsed ? record.sp : null) ?? p;
  const np = (isUsed ? record.np : null) ?? sp;
  return {
    p: { own: p, below: sp, 'below-and-absent': np }[standing],
    sp,
    np,
    adkim: record.adkim ?? 'relaxed',
    aspf: record.aspf ?? 'relaxed',
    testing: record.testing ?? false,
    pct: record.pct ?? 100,
  };
}
