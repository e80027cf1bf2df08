import type {
  DkimAuthResult,
  PolicyOverrideReason,
  PolicyPublished,
  Profile,
  SpfAuthResult,
} from '../../ingest/report.ts';

/** A name reserved for documentation (RFC 2606): nobody's mail is shown here. */
export const DEMO_DOMAIN = 'example.org';

export const DEMO_POLICY: PolicyPublished = {
  domain: DEMO_DOMAIN,
  p: 'none',
  sp: 'none',
  np: null,
  adkim: 'relaxed',
  aspf: 'relaxed',
  pct: 100,
  fo: null,
  testing: null,
  discoveryMethod: null,
};

export function signature(
  domain: string,
  selector: string,
  result: DkimAuthResult['result'] = 'pass',
): DkimAuthResult {
  return { domain, selector, result, humanResult: null };
}

/** A message of the demo domain as a receiver would see it; what is aligned follows from the rest. */
export function mail(
  dkim: readonly DkimAuthResult[],
  returnPath: string,
  spfResult: SpfAuthResult['result'],
  reasons: readonly PolicyOverrideReason[] = [],
): Profile {
  return {
    policyEvaluated: {
      disposition: 'none',
      dkimAligned: dkim.some(({ domain, result }) => result === 'pass' && isAligned(domain)),
      spfAligned: spfResult === 'pass' && isAligned(returnPath),
      reasons: [...reasons],
    },
    identifiers: { headerFrom: DEMO_DOMAIN, envelopeFrom: returnPath, envelopeTo: null },
    dkim: [...dkim],
    spf: [{ domain: returnPath, scope: 'mfrom', result: spfResult, humanResult: null }],
  };
}

function isAligned(domain: string | null): boolean {
  return domain === DEMO_DOMAIN || (domain?.endsWith(`.${DEMO_DOMAIN}`) ?? false);
}
