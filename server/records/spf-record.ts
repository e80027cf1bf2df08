import { problem } from './findings.ts';
import type { RecordProblem } from './findings.ts';
import { readSpfTerm } from './spf-term.ts';
import type { SpfMechanism, SpfModifier, SpfTerm } from './spf-term.ts';

/** An SPF record as published (RFC 7208 §12). */
export interface SpfRecord {
  /** All terms that can be read, in their order. */
  terms: SpfTerm[];
  /** Mechanisms that are looked at: up to and with the first `all`. */
  mechanisms: SpfMechanism[];
  /** The redirect that is followed; null where an `all` makes it void. */
  redirect: SpfModifier | null;
}

/** Longest record whose answer, with some others beside it, fits a plain UDP packet (RFC 7208 §3.4). */
const LONGEST_COMFORTABLE = 450;
/** Terms of one record that are read; TXT data could hold thousands. */
const MOST_TERMS = 1000;

/** Is the text an SPF record: `v=spf1` in any case, then a space or the end (RFC 7208 §4.5)? */
export function isSpfText(text: string): boolean {
  return /^v=spf1( |$)/i.test(text);
}

/**
 * Reads an SPF record. `record` is null where the text is none. A term that cannot be read is told in
 * `problems` and left out; by the standard one such term makes every check a permerror.
 * @param text the record with its TXT pieces joined
 */
export function readSpfRecord(text: string): {
  record: SpfRecord | null;
  problems: RecordProblem[];
} {
  if (!isSpfText(text)) return { record: null, problems: [] };
  const problems: RecordProblem[] = [];
  const terms: SpfTerm[] = [];
  for (const piece of text.slice(6).split(' ', MOST_TERMS)) {
    if (piece === '') continue;
    const term = readSpfTerm(piece);
    if (term) terms.push(term);
    else problems.push(problem('spf-syntax', { term: piece }));
  }
  const record = spfRecordOf(terms);
  return { record, problems: [...problems, ...twice(terms), ...remarks(record, text)] };
}

/** The record that has these terms. */
export function spfRecordOf(terms: readonly SpfTerm[]): SpfRecord {
  const all = terms.findIndex(isAll);
  const used = all < 0 ? terms : terms.slice(0, all + 1);
  const redirect = terms.find((term) => term.kind === 'modifier' && term.name === 'redirect');
  return {
    terms: [...terms],
    mechanisms: used.filter((term) => term.kind === 'mechanism'),
    redirect: all < 0 && redirect?.kind === 'modifier' ? redirect : null,
  };
}

export function writeSpfRecord(terms: readonly SpfTerm[]): string {
  return ['v=spf1', ...terms.map(({ text }) => text)].join(' ');
}

export function isAll(term: SpfTerm): boolean {
  return term.kind === 'mechanism' && term.name === 'all';
}

/** Qualifier of the record's own `all`; null where it has none. */
export function allOf(record: SpfRecord): SpfMechanism['qualifier'] | null {
  return record.mechanisms.find(isAll)?.qualifier ?? null;
}

function twice(terms: readonly SpfTerm[]): RecordProblem[] {
  return ['redirect', 'exp']
    .filter(
      (name) => terms.filter((term) => term.kind === 'modifier' && term.name === name).length > 1,
    )
    .map((name) => problem('spf-modifier-twice', { name }));
}

function remarks(record: SpfRecord, text: string): RecordProblem[] {
  const { terms, mechanisms } = record;
  const problems = [...allRemarks(record)];
  const unused = terms.filter((term) => term.kind === 'mechanism' && !mechanisms.includes(term));
  problems.push(...unused.map((term) => problem('spf-after-all', { term: term.text })));
  const redirect = terms.find((term) => term.kind === 'modifier' && term.name === 'redirect');
  if (redirect?.kind === 'modifier' && !record.redirect)
    problems.push(problem('spf-redirect-ignored', { domain: redirect.value }));
  for (const term of mechanisms)
    if (term.name === 'ptr') problems.push(problem('spf-ptr', { term: term.text }));
  problems.push(...duplicates(mechanisms).map((term) => problem('spf-duplicate', { term })));
  if (text.length > LONGEST_COMFORTABLE) problems.push(problem('spf-long', { count: text.length }));
  return problems;
}

function allRemarks(record: SpfRecord): RecordProblem[] {
  const all = record.mechanisms.find(isAll);
  if (!all) return record.redirect ? [] : [problem('spf-no-all')];
  if (all.qualifier === '+') return [problem('spf-all-plus', { term: all.text })];
  return all.qualifier === '?' ? [problem('spf-all-neutral')] : [];
}

function duplicates(mechanisms: readonly SpfMechanism[]): string[] {
  const texts = mechanisms.map(({ text }) => text.toLowerCase().replace(/^\+/, ''));
  return [...new Set(texts.filter((text, at) => texts.indexOf(text) !== at))];
}
