import type { DmarcRecord } from '../records/dns-snapshot.ts';
import { isDmarcText, readDmarcRecord } from '../records/dmarc-record.ts';
import type { Resolver } from './look-up.ts';
import { textsAt } from './texts.ts';

/** What stands at one name of the walk. */
export interface WalkStep {
  domain: string;
  /** Texts that are DMARC records; a single one counts, several count as none. */
  texts: string[];
  /** Texts that are meant to be one and are not. */
  nearly: string[];
  record: DmarcRecord | null;
  ttlSeconds: number | null;
  failure: string | null;
}

/** After the first question, the walk goes on with this many labels (RFC 9989 §4.10). */
const LABELS_KEPT = 7;

/** Asks for a DMARC record at one name. */
export async function dmarcStep(domain: string, resolver: Resolver): Promise<WalkStep> {
  const found = await textsAt(resolver, `_dmarc.${domain}`);
  const texts = found.texts.filter(isDmarcText);
  return {
    domain,
    texts,
    nearly: found.texts.filter((text) => !isDmarcText(text) && /\bv\W{0,3}dmarc/i.test(text)),
    record: texts.length === 1 ? readDmarcRecord(texts[0] ?? '').record : null,
    ttlSeconds: texts.length > 0 ? found.ttlSeconds : null,
    failure: found.failure,
  };
}

/** The tree walk of RFC 9989 §4.10: at most 8 questions, ended by a record that says psd=y or psd=n. */
export async function walkTree(domain: string, resolver: Resolver): Promise<WalkStep[]> {
  const steps: WalkStep[] = [];
  for (const name of walkNames(domain)) {
    const step = await dmarcStep(name, resolver);
    steps.push(step);
    const psd = step.record?.psd;
    if (psd === 'y' || psd === 'n') break;
  }
  return steps;
}

/** The names of the walk, in their order. */
export function walkNames(domain: string): string[] {
  const labels = domain.split('.');
  const from = Math.max(1, labels.length - LABELS_KEPT);
  return [domain, ...labels.slice(from).map((_, at) => labels.slice(from + at).join('.'))];
}

/**
 * The organizational domain that a walk finds (RFC 9989 §4.10.2); null where a failed question leaves
 * it open.
 */
export function organizationalDomainOf(steps: readonly WalkStep[]): string | null {
  const start = steps[0]?.domain ?? '';
  for (const [at, { domain, record, failure }] of steps.entries()) {
    if (failure !== null) return null;
    if (record?.psd === 'n') return domain;
    if (record?.psd === 'y' && at > 0) return oneLabelBelow(domain, start);
  }
  return steps.findLast(({ record }) => record !== null)?.domain ?? start;
}

function oneLabelBelow(suffix: string, name: string): string {
  const count = suffix.split('.').length + 1;
  return name.split('.').slice(-count).join('.');
}

/**
 * The step whose record governs the start (RFC 9989 §4.10.1): its own, else that of its organizational
 * domain, else that of its public suffix. null without one; 'unknown' where a question failed first.
 */
export function governingStep(steps: readonly WalkStep[]): WalkStep | null | 'unknown' {
  const [own, ...above] = steps;
  if (own?.record) return own;
  if (own?.failure != null) return 'unknown';
  const organization = organizationalDomainOf(steps);
  if (organization === null) return 'unknown';
  const step = above.find(({ domain }) => domain === organization);
  return step?.record ? step : (above.find(({ record }) => record?.psd === 'y') ?? null);
}
