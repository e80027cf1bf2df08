import { readDkimRecord } from '../records/dkim-record.ts';
import type { DkimRecord } from '../records/dkim-record.ts';
import type { DkimFacts, Finding } from '../records/dns-snapshot.ts';
import { findingOf, problem, severityOf } from '../records/findings.ts';
import type { RecordProblem } from '../records/findings.ts';
import type { Checked } from './dmarc-facts.ts';
import type { Resolver } from './look-up.ts';
import { textsAt } from './texts.ts';
import type { Texts } from './texts.ts';

/** A selector, and the signing domain where that is not the snapshot's own (a subdomain that signs). */
export interface Selector {
  selector: string;
  domain?: string;
}

/** What is published for one selector (RFC 6376 §3.6). */
export async function dkimFacts(
  ownDomain: string,
  { selector, domain = ownDomain }: Selector,
  resolver: Resolver,
): Promise<Checked<DkimFacts>> {
  const name = `${selector}._domainkey.${domain}`;
  const found = await textsAt(resolver, name);
  const read = found.texts.length === 1 ? readDkimRecord(found.texts[0] ?? '', name) : null;
  const problems = read?.problems ?? placeProblems(name, selector, found);
  const facts: DkimFacts = {
    selector,
    ...(domain === ownDomain ? {} : { domain }),
    state: stateOf(found, read?.record ?? null, problems),
    keyType: read?.record?.keyType ?? null,
    keyBits: read?.record?.keyBits ?? null,
    testing: read?.record?.testing ?? false,
    ttlSeconds: found.ttlSeconds,
    cnames: found.cnames,
    text: found.texts.length === 1 ? (found.texts[0] ?? null) : null,
    keyFingerprint: read?.record?.keyFingerprint ?? null,
  };
  return { facts, findings: problems.map((each) => finding(each, name, found.texts[0] ?? '')) };
}

function placeProblems(name: string, selector: string, { texts, failure }: Texts): RecordProblem[] {
  if (failure !== null) return [problem('dkim-unknown', { name, reason: failure })];
  if (texts.length === 0) return [problem('dkim-absent', { name, selector })];
  return [problem('dkim-several', { name, count: texts.length })];
}

function stateOf(
  { texts, failure }: Texts,
  record: DkimRecord | null,
  problems: readonly RecordProblem[],
): DkimFacts['state'] {
  if (failure !== null) return 'unknown';
  if (texts.length === 0) return 'absent';
  if (record?.isRevoked === true) return 'revoked';
  return problems.some(({ id }) => severityOf(id) === 'blocks') ? 'invalid' : 'valid';
}

/** Tags that may be taken out to mend the record; a key itself only its owner can make. */
const MENDED_WITHOUT: Readonly<Partial<Record<RecordProblem['id'], string>>> = {
  'dkim-testing': 't',
  'dkim-sha1-only': 'h',
  'dkim-not-for-mail': 's',
};

function finding(found: RecordProblem, name: string, text: string): Finding {
  const tag = MENDED_WITHOUT[found.id];
  if (tag === undefined) return findingOf(found);
  const pieces = text.split(';').map((piece) => piece.trim());
  const kept = pieces.filter((piece) => piece !== '' && !piece.toLowerCase().startsWith(`${tag}=`));
  return findingOf(found, { name, type: 'TXT', value: kept.join('; ') });
}
