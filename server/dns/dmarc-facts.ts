import {
  correctedDmarcRecord,
  firstDmarcRecord,
  mendedDmarcText,
  mergedDmarcRecord,
} from '../records/correct-dmarc-record.ts';
import { checkDmarcRecord } from '../records/dmarc-record.ts';
import type { DmarcFacts, Finding, RecordState } from '../records/dns-snapshot.ts';
import { effectivePolicy } from '../records/effective-policy.ts';
import type { Standing } from '../records/effective-policy.ts';
import { findingOf, MOST_FINDINGS, problem, severityOf } from '../records/findings.ts';
import type { RecordProblem } from '../records/findings.ts';
import { isPublicSuffix, publicSuffixDomain } from '../records/public-suffix-domain.ts';
import type { Resolver } from './look-up.ts';
import { reportAddresses } from './report-addresses.ts';
import { dmarcStep, governingStep, organizationalDomainOf, walkTree } from './tree-walk.ts';
import type { WalkStep } from './tree-walk.ts';

/** A TTL above this delays a change of policy, and the way back, more than it should. */
const LONG_TTL_SECONDS = 3600;

export interface Checked<T> {
  facts: T;
  findings: Finding[];
}

/**
 * The DMARC record that governs a domain, found as RFC 9989 does, and where receivers of RFC 7489 find
 * another one.
 * @param exists does the domain exist? A name that does not falls under np.
 */
export async function dmarcFacts(
  domain: string,
  exists: boolean | null,
  resolver: Resolver,
): Promise<Checked<DmarcFacts>> {
  const steps = await walkTree(domain, resolver);
  const organization = organizationalDomainOf(steps);
  const governing = governingStep(steps);
  const step = governing === 'unknown' ? null : governing;
  const problems = step?.record ? checkDmarcRecord(step.texts[0] ?? '') : [];
  const addresses = await reportAddresses(step, resolver);
  const own = steps[0];
  const facts: DmarcFacts = {
    state: stateOf(own, governing, problems),
    name: step?.domain ?? null,
    texts: own && own.texts.length > 1 ? own.texts : (step?.texts ?? []),
    record: step?.record ?? null,
    ttlSeconds: step?.ttlSeconds ?? null,
    organizationalDomain: {
      byTreeWalk: organization,
      byPublicSuffixList: publicSuffixDomain(domain),
    },
    effective: step?.record ? effectivePolicy(step.record, standingOf(step, domain, exists)) : null,
    rua: addresses.facts,
  };
  const findings = [
    ...placeFindings(domain, facts, steps),
    ...(step ? recordFindings(step, problems, organization) : []),
    ...addresses.findings,
    ...(await otherDiscovery(facts, steps, resolver)),
  ];
  return { facts, findings };
}

function stateOf(
  own: WalkStep | undefined,
  governing: WalkStep | null | 'unknown',
  problems: readonly RecordProblem[],
): RecordState {
  if (own && own.texts.length > 1) return 'several';
  if (governing === 'unknown') return 'unknown';
  if (own && own.texts.length === 0 && own.nearly.length > 0) return 'invalid';
  if (!governing) return 'absent';
  const isWrong = problems.some(({ id }) => id.startsWith('dmarc-') && severityOf(id) === 'blocks');
  return isWrong ? 'invalid' : 'valid';
}

function standingOf(step: WalkStep, domain: string, exists: boolean | null): Standing {
  if (step.domain === domain) return 'own';
  return exists === false ? 'below-and-absent' : 'below';
}

function placeFindings(
  domain: string,
  { state, texts }: DmarcFacts,
  steps: readonly WalkStep[],
): Finding[] {
  const nearly = steps[0]?.nearly ?? [];
  const findings = nearly.map((text) =>
    findingOf(problem('dmarc-not-a-record', { text }), mendedDmarcText(domain, text)),
  );
  const reason = steps.find(({ failure }) => failure !== null)?.failure ?? '';
  if (state === 'unknown') findings.push(findingOf(problem('dmarc-unknown', { reason })));
  if (state === 'absent')
    findings.push(findingOf(problem('dmarc-absent', { domain }), firstDmarcRecord(domain)));
  if (state === 'several') {
    const several = problem('dmarc-several', { domain, count: texts.length });
    findings.push(findingOf(several, mergedDmarcRecord(domain, texts)));
  }
  return findings;
}

function recordFindings(
  { domain, record, ttlSeconds }: WalkStep,
  problems: readonly RecordProblem[],
  organization: string | null,
): Finding[] {
  if (!record) return [];
  const more: RecordProblem[] = [];
  const isBelow = organization !== null && domain.endsWith(`.${organization}`);
  if (isBelow && (record.sp !== null || record.np !== null))
    more.push(problem('dmarc-sp-below', { domain, organization }));
  if (record.psd === 'y' && !isPublicSuffix(domain)) more.push(problem('dmarc-psd', { domain }));
  const findings = [...problems, ...more]
    .slice(0, MOST_FINDINGS)
    .map((found) => findingOf(found, correctedDmarcRecord(record, domain, found)));
  if (ttlSeconds !== null && ttlSeconds > LONG_TTL_SECONDS)
    findings.push(findingOf(problem('dmarc-long-ttl', { hours: Math.round(ttlSeconds / 3600) })));
  return findings;
}

/** Where receivers of RFC 7489, by the public suffix list, find another record or another domain. */
async function otherDiscovery(
  { state, name, organizationalDomain }: DmarcFacts,
  steps: readonly WalkStep[],
  resolver: Resolver,
): Promise<Finding[]> {
  const { byTreeWalk, byPublicSuffixList } = organizationalDomain;
  if (state === 'unknown' || byTreeWalk === null) return [];
  const findings: Finding[] = [];
  const asked = steps[0]?.record ? null : await dmarcStep(byPublicSuffixList, resolver);
  const other = asked ? (asked.record ? asked.domain : null) : name;
  if (other !== name && asked?.failure === null)
    findings.push(
      findingOf(
        problem('dmarc-by-suffix-list-only', {
          byPublicSuffixList: other ?? 'none at all',
          byTreeWalk: name ?? 'none',
        }),
      ),
    );
  if (name !== null && byTreeWalk !== byPublicSuffixList)
    findings.push(
      findingOf(problem('dmarc-discovery-differs', { byTreeWalk, byPublicSuffixList })),
    );
  return findings;
}
