import type { Split } from '../classified.ts';
import type { KnownServices } from '../service-facts.ts';
import { detoursOf, passesMailOn } from './detours.ts';
import type { Homes } from './homes.ts';
import type { OwnSignature, Reading } from './reading.ts';
import type { Rule, Spoken } from './rules.ts';
import type { Senders } from './senders.ts';

/** Whom a stream speaks for, and the rules that say so, the one that decides first. */
export interface StreamSplit {
  split: Split;
  spoken: readonly Spoken[];
  /**
   * `tied`, `forwarded`: decided. `spf-alone`: rests on SPF through what others share. `rest`: no
   * tie and no sign of a forwarder.
   */
  standing: 'tied' | 'spf-alone' | 'forwarded' | 'rest';
}

export interface Grounds {
  homes: Homes;
  senders: Senders;
  services: KnownServices;
}

/** The order of the classes: own network, tie, forwarder, the rest. */
export function splitOf(reading: Reading, grounds: Grounds): StreamSplit {
  const { stream, ownSpf } = reading;
  if (grounds.senders.isOwnNetwork(stream.network)) return own(reading, grounds, 'own-network');
  if (reading.signatures.length === 0 && ownSpf === null)
    return passedOn(reading, grounds.services) ?? theRest(reading);
  const passed = reading.signatures.filter((signature) => signature.passed);
  if (passed.some((signature) => isSentBy(signature, reading, grounds)))
    return own(reading, grounds, null);
  if (ownSpf === 'passed' && !grounds.senders.isShared(stream.network))
    return own(reading, grounds, null);
  if (passed.length > 0 && ownSpf !== 'passed') return travelled(reading, grounds);
  return (
    brokenSignature(reading, grounds) ??
    sharedReturnPath(reading, grounds) ??
    passedOn(reading, grounds.services) ??
    theRest(reading)
  );
}

/** The network is one that the owner sends through, with this key or with any. */
function isSentBy(signature: OwnSignature, reading: Reading, { homes, senders }: Grounds): boolean {
  return senders.isUsed(reading.stream.network) || homes.isHome(signature, reading);
}

function own(reading: Reading, { homes }: Grounds, first: Rule | null): StreamSplit {
  const spoken: Spoken[] = first === null ? [] : [{ rule: first, about: '' }];
  for (const signature of reading.signatures) {
    const { passed, tenancyOf, domain, selector } = signature;
    if (tenancyOf !== null && passed) spoken.push({ rule: 'tenancy', about: domain });
    else if (passed) spoken.push({ rule: 'own-signature', about: selector ?? '' });
    else if (homes.isKnown(signature))
      spoken.push({ rule: 'failing-own-signature', about: selector ?? '' });
  }
  if (reading.ownSpf === 'passed') spoken.push({ rule: 'own-return-path', about: '' });
  return { split: { kind: 'own' }, spoken, standing: 'tied' };
}

function travelled(reading: Reading, { services }: Grounds): StreamSplit {
  const selectors = reading.signatures.filter(({ passed }) => passed);
  const about = selectors[0]?.selector ?? selectors[0]?.domain ?? '';
  return forwarded([{ rule: 'selector-travels', about }, ...detoursOf(reading, services)]);
}

/** A signature in the owner's name that failed: at a sender a fault to mend, elsewhere a detour. */
function brokenSignature(reading: Reading, grounds: Grounds): StreamSplit | null {
  const { homes, senders, services } = grounds;
  const { network } = reading.stream;
  const failed = reading.signatures.filter(({ passed }) => !passed);
  const known = failed.filter((signature) => homes.isKnown(signature));
  // At a sender in use even a key that never passed is the owner's: rotated, and not yet published.
  const atSender =
    reading.ownSpf !== 'passed' && (senders.isUsed(network) || homes.networks.has(network.id));
  const mine = failed.find((signature) =>
    homes.isKnown(signature) ? isSentBy(signature, reading, grounds) : atSender,
  );
  if (mine !== undefined && (reading.ownSpf === 'passed' || !cameRound(reading, homes))) {
    const spoken: Spoken = { rule: 'failing-own-signature', about: mine.selector ?? '' };
    return { ...own(reading, grounds, null), spoken: [spoken, ...returnPath(reading)] };
  }
  const broken = known[0] ?? mine;
  if (broken === undefined || reading.ownSpf === 'passed') return null;
  const rule =
    passesMailOn(network, services) === 'filter' ? 'recipient-filter' : 'broken-signature';
  return forwarded([{ rule, about: broken.selector ?? '' }, ...detoursOf(reading, services)]);
}

/** Someone else's return path, or the receiver's word, says that the mail took a way round. */
function cameRound({ told, otherReturnPath, identity }: Reading, homes: Homes): boolean {
  if (told !== null) return true;
  return otherReturnPath !== null && !identity.isService && !homes.returnPaths.has(otherReturnPath);
}

function returnPath({ ownSpf }: Reading): Spoken[] {
  return ownSpf === 'passed' ? [{ rule: 'own-return-path', about: '' }] : [];
}

/** The owner's return path at what other customers share: anyone of them could use it. */
function sharedReturnPath(reading: Reading, { senders }: Grounds): StreamSplit | null {
  const { ownSpf, identity, stream } = reading;
  if (ownSpf === 'dns-error' && identity.domain === null && senders.isUsed(stream.network)) {
    const spoken: Spoken[] = [{ rule: 'dns-error', about: '' }];
    return { split: { kind: 'own' }, spoken, standing: 'spf-alone' };
  }
  if (ownSpf !== 'passed') return null;
  const split: Split =
    identity.domain === null ? { kind: 'own' } : { kind: 'as', domain: identity.domain };
  return {
    split,
    spoken: [...returnPath(reading), ...asThirdParty(reading)],
    standing: 'spf-alone',
  };
}

function passedOn(reading: Reading, services: KnownServices): StreamSplit | null {
  const spoken = detoursOf(reading, services);
  return spoken.length === 0 ? null : forwarded(spoken);
}

function forwarded(spoken: readonly Spoken[]): StreamSplit {
  return { split: { kind: 'forwarded' }, spoken, standing: 'forwarded' };
}

function theRest(reading: Reading): StreamSplit {
  const { domain } = reading.identity;
  if (domain === null) return NOBODY;
  return { split: { kind: 'as', domain }, spoken: asThirdParty(reading), standing: 'rest' };
}

/** One for all: a botnet is thousands of streams of nobody. */
export const NOBODY: StreamSplit = { split: { kind: 'none' }, spoken: [], standing: 'rest' };

function asThirdParty({ identity: { domain } }: Reading): Spoken[] {
  return domain === null ? [] : [{ rule: 'third-party', about: domain }];
}
