import type { Disposition, DkimAuthResult, Profile } from '../../ingest/report.ts';
import { integer, pick, type Random } from '../../server/demo/random.ts';

/** Records a distinct profile is made for, on average, as in real mail. */
const RECORDS_A_PROFILE = 6;
const ADDRESSES_A_SENDER = 10;

/** One record body and the addresses of the sender that it belongs to. */
export interface PooledProfile {
  profile: Profile;
  addresses: readonly string[];
}

/**
 * Hands out record bodies of one domain: every sixth is new, the others repeat earlier ones, old
 * ones more often than young ones.
 */
export function createProfilePool(
  random: Random,
  domain: string,
  p: Disposition,
  addresses: readonly string[],
): () => PooledProfile {
  const pool: PooledProfile[] = [];
  const senders = Math.max(1, Math.floor(addresses.length / ADDRESSES_A_SENDER));
  let asked = 0;
  return () => {
    asked += 1;
    if ((pool.length - 1) * RECORDS_A_PROFILE < asked - 1) {
      const sender = integer(random, senders);
      const made = {
        profile: newProfile(random, domain, p, sender, pool.length),
        addresses: addresses.slice(sender * ADDRESSES_A_SENDER, (sender + 1) * ADDRESSES_A_SENDER),
      };
      pool.push(made);
      return made;
    }
    const drawn = pool[Math.floor(pool.length * random() ** 2)];
    if (drawn === undefined) throw new RangeError('the pool is empty');
    return drawn;
  };
}

function newProfile(
  random: Random,
  domain: string,
  p: Disposition,
  sender: number,
  serial: number,
): Profile {
  const dkimAligned = random() < 0.75;
  const spfAligned = random() < 0.6;
  // The serial number in the return path makes each profile a text of its own.
  const returnPath = spfAligned
    ? `b${serial}.mail.${domain}`
    : `b${serial}.bounces.service-${sender}.example`;
  const passes = dkimAligned || spfAligned;
  return {
    policyEvaluated: {
      disposition: passes ? 'none' : p,
      dkimAligned,
      spfAligned,
      reasons:
        !passes && random() < 0.2 ? [{ type: 'local_policy', comment: 'arc=pass & trusted' }] : [],
    },
    identifiers: {
      headerFrom: random() < 0.9 ? domain : `news.${domain}`,
      envelopeFrom: returnPath,
      envelopeTo: random() < 0.3 ? pick(random, ['receiver.example', 'other.example']) : null,
    },
    dkim: signaturesOf(random, domain, sender, dkimAligned),
    spf: [
      {
        domain: returnPath,
        scope: 'mfrom',
        result: spfAligned ? 'pass' : pick(random, ['pass', 'softfail', 'none', 'temperror']),
        humanResult: null,
      },
    ],
  };
}

function signaturesOf(
  random: Random,
  domain: string,
  sender: number,
  aligned: boolean,
): DkimAuthResult[] {
  const selector = `s${sender}`;
  const own: DkimAuthResult = {
    domain,
    selector,
    result: aligned ? 'pass' : pick(random, ['fail', 'permerror', 'none']),
    humanResult: null,
  };
  if (random() < 0.7) return aligned || random() < 0.5 ? [own] : [];
  const service = { ...own, domain: `service-${sender}.example`, result: 'pass' } as const;
  return [own, service];
}
