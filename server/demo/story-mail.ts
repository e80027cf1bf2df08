import type {
  DkimAuthResult,
  PolicyOverrideReason,
  PolicyPublished,
  Profile,
  SpfAuthResult,
} from '../../ingest/report.ts';
import { type StoryDay, TURNS } from './story-days.ts';

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

interface WeightedProfile {
  weight: number;
  profile: Profile;
}

export interface Sender {
  addresses: readonly string[];
  /** Messages expected at all receivers together. */
  messagesOn: (day: StoryDay) => number;
  profilesOn: (day: StoryDay) => readonly WeightedProfile[];
}

export const always = (profiles: readonly WeightedProfile[]) => () => profiles;
export const only = (profile: Profile) => always([{ weight: 1, profile }]);

export function signature(
  domain: string,
  selector: string,
  result: DkimAuthResult['result'] = 'pass',
): DkimAuthResult {
  return { domain, selector, result, humanResult: null };
}

/** The signature with which a mailbox's mail leaves: the old server's, for two days none of the domain's own, then Workspace's. */
export function mailboxSignature(
  { daysBeforeEnd }: StoryDay,
  result: DkimAuthResult['result'] = 'pass',
): DkimAuthResult {
  if (daysBeforeEnd > TURNS.moved) return signature(DEMO_DOMAIN, 'mail', result);
  if (daysBeforeEnd > TURNS.workspaceSigns)
    return signature('example-org.20230601.gappssmtp.com', '20230601', result);
  return signature(DEMO_DOMAIN, 'google', result);
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
