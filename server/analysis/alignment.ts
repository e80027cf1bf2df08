import type { AlignmentMode, DkimAuthResult, Profile, SpfAuthResult } from '../../ingest/report.ts';
import { organizationalDomain } from './organizational-domain.ts';

export interface AlignmentModes {
  adkim: AlignmentMode;
  aspf: AlignmentMode;
}

/** What no longer passes; null: everything passes as it did. */
export interface Dropped {
  /** Signatures with this selector. */
  selector: string | null;
  /** SPF checks of exactly this domain. */
  spfDomain: string | null;
}

export const NOTHING_DROPPED: Dropped = { selector: null, spfDomain: null };

/** DMARC's evaluation of a record, from its raw results. */
export interface Recomputed {
  /** null: not to be told, because something was not said or a check met a DNS error. */
  dkimAligned: boolean | null;
  spfAligned: boolean | null;
  /** Either of them; null where an unknown one could have decided. */
  dmarcAligned: boolean | null;
  /** Everything that the evaluation needs was said. */
  complete: boolean;
  /** A check that could have been aligned met a DNS error: it neither passes nor fails (RFC 9989). */
  temperror: boolean;
}

/** What one result says about DMARC; `not-said`: it could be either. */
type Says = 'aligned' | 'not-aligned' | 'temperror' | 'not-said';

/** What all results of one mechanism say together. */
interface Mechanism {
  says: Says;
  /** A DNS error stands in the way of a pass, alone or beside what was not said. */
  temperror: boolean;
}

/**
 * Recomputes DMARC alignment (RFC 9989 §4.4, RFC 7489 §3.1) from the raw results of a record as
 * `shapeOf` leaves it. Organizational domains are those of the public suffix list.
 */
export function recompute(shape: Profile, modes: AlignmentModes, dropped: Dropped): Recomputed {
  const dkim = saidByDkim(shape, modes.adkim, dropped.selector);
  const spf = saidBySpf(shape, modes.aspf, dropped.spfDomain);
  const dkimAligned = asAligned(dkim.says);
  const spfAligned = asAligned(spf.says);
  return {
    dkimAligned,
    spfAligned,
    dmarcAligned: either(dkimAligned, spfAligned),
    complete: dkim.says !== 'not-said' && spf.says !== 'not-said',
    temperror: dkim.temperror || spf.temperror,
  };
}

function asAligned(says: Says): boolean | null {
  return says === 'aligned' ? true : says === 'not-aligned' ? false : null;
}

/** One aligned pass is enough; an unknown one could have been it. */
export function either(dkimAligned: boolean | null, spfAligned: boolean | null): boolean | null {
  if (dkimAligned === true || spfAligned === true) return true;
  return dkimAligned === null || spfAligned === null ? null : false;
}

function saidByDkim(
  { dkim, spf, identifiers: { headerFrom } }: Profile,
  mode: AlignmentMode,
  droppedSelector: string | null,
): Mechanism {
  // An SPF result without a signature says that there was none; with neither, nothing was said.
  if (dkim.length === 0) {
    return { says: spf.length === 0 ? 'not-said' : 'not-aligned', temperror: false };
  }
  const all = dkim.map((one) => saidBySignature(one, headerFrom, mode, droppedSelector));
  // One aligned signature is enough (RFC 9989 §4.4.1).
  const strongest = (['aligned', 'not-said', 'temperror'] as const).find((s) => all.includes(s));
  const temperror = strongest !== 'aligned' && all.includes('temperror');
  return { says: strongest ?? 'not-aligned', temperror };
}

function saidBySignature(
  { domain, selector, result }: DkimAuthResult,
  headerFrom: string | null,
  mode: AlignmentMode,
  droppedSelector: string | null,
): Says {
  const says = saidByResult(result, domain, headerFrom, mode);
  if (says === 'not-aligned' || droppedSelector === null) return says;
  if (selector === null) return 'not-said';
  return selector === droppedSelector ? 'not-aligned' : says;
}

function saidBySpf(
  { spf, identifiers: { envelopeFrom, headerFrom } }: Profile,
  mode: AlignmentMode,
  droppedDomain: string | null,
): Mechanism {
  if (spf.length === 0) return { says: 'not-said', temperror: false };
  const checks = checksThatCount(spf, envelopeFrom);
  const all = checks.map(({ domain, scope, result }): Says => {
    const checked = domain ?? (scope === 'helo' || envelopeFrom === '' ? null : envelopeFrom);
    if (checked !== null && checked === droppedDomain) return 'not-aligned';
    const says = saidByResult(result, checked, headerFrom, mode);
    // A HELO check counts only for a null return path, and whether it was null was not said.
    const isDoubtful = scope === 'helo' && envelopeFrom === null;
    return isDoubtful && says !== 'not-aligned' ? 'not-said' : says;
  });
  const [first = 'not-aligned', ...more] = new Set(all);
  // DMARC takes one SPF check; of several that differ nobody knows which one it was.
  return { says: more.length > 0 ? 'not-said' : first, temperror: all.includes('temperror') };
}

/**
 * The checks that DMARC can have taken: those of the return path, none where only HELO was checked;
 * of a null return path those of postmaster@HELO (RFC 9989 §4.4.2), which RFC 7489 reports with
 * scope "helo".
 */
function checksThatCount(
  results: readonly SpfAuthResult[],
  envelopeFrom: string | null,
): readonly SpfAuthResult[] {
  const helo = results.filter(({ scope }) => scope === 'helo');
  if (envelopeFrom === '') return helo.length > 0 ? helo : results;
  const others = results.filter(({ scope }) => scope !== 'helo');
  if (envelopeFrom === null) return others.length > 0 ? ofReturnPath(others) : helo;
  const same = others.filter(({ domain }) => domain === null || domain === envelopeFrom);
  return same.length > 0 ? same : ofReturnPath(others);
}

function ofReturnPath(results: readonly SpfAuthResult[]): readonly SpfAuthResult[] {
  const said = results.filter(({ scope }) => scope === 'mfrom');
  return said.length > 0 ? said : results;
}

function saidByResult(
  result: DkimAuthResult['result'] | SpfAuthResult['result'],
  domain: string | null,
  headerFrom: string | null,
  mode: AlignmentMode,
): Says {
  const isOpen = result === null || result === 'pass' || result === 'temperror';
  if (!isOpen) return 'not-aligned';
  if (domain === null || headerFrom === null) return 'not-said';
  if (!isAligned(domain, headerFrom, mode)) return 'not-aligned';
  if (result === null) return 'not-said';
  return result === 'pass' ? 'aligned' : 'temperror';
}

/** Identifier alignment (RFC 9989 §4.4): the same name, or relaxed the same organization. */
function isAligned(domain: string, headerFrom: string, mode: AlignmentMode): boolean {
  if (domain === headerFrom) return true;
  return mode === 'relaxed' && organizationalDomain(domain) === organizationalDomain(headerFrom);
}
