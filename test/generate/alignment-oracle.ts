import type { AlignmentMode, DkimResult, SpfResult } from '../../ingest/report.ts';
import { integer, pick, type Random } from '../../server/demo/random.ts';

/**
 * Mail as a receiver meets it, and what DMARC says of it by definition: the other side of recomputing
 * alignment from what a report tells. It knows the organization of each of its names beforehand, and
 * shares nothing with the code that it judges.
 */
export interface Delivery {
  author: Name;
  /** null: a bounce, "MAIL FROM:<>". */
  returnPath: Name | null;
  helo: Name;
  /** SPF of the return path, and of the HELO name. */
  returnPathResult: SpfResult;
  heloResult: SpfResult;
  signatures: { signer: Name; selector: string; result: DkimResult }[];
}

export interface Name {
  name: string;
  organization: string;
}

/** true, false, or null where a DNS error left it open. */
export interface Truth {
  dkimAligned: boolean | null;
  spfAligned: boolean | null;
}

export interface TruthQuestion {
  adkim: AlignmentMode;
  aspf: AlignmentMode;
  withoutSelector: string | null;
  /** SPF of this name is taken away. */
  withoutSpfOf: string | null;
}

/** Names with look-alikes, deep names, suffixes of several labels and private suffixes. */
const ORGANIZATIONS: readonly (readonly [organization: string, ...below: string[]])[] = [
  ['example.com', 'mail.example.com', 'a.b.c.example.com', 'bounce.mail.example.com'],
  ['notexample.com', 'example.notexample.com'],
  ['example.net', 'example.com.example.net'],
  ['shop.co.uk', 'news.shop.co.uk', 'x.news.shop.co.uk'],
  ['other.co.uk', 'shop.other.co.uk'],
  ['one.github.io', 'www.one.github.io'],
  ['two.github.io', 'www.two.github.io'],
  ['xn--bcher-kva.de', 'post.xn--bcher-kva.de'],
  ['city.kawasaki.jp', 'mail.city.kawasaki.jp'],
  ['firm.com.au', 'erp.firm.com.au'],
  ['host.invalid', 'smtp.host.invalid'],
];

export const NAMES: readonly Name[] = ORGANIZATIONS.flatMap((names) =>
  names.map((name) => ({ name, organization: names[0] })),
);
export const SELECTORS: readonly string[] = ['s1', 's2', 'google', '2024'];

const DKIM_FAILURES: readonly DkimResult[] = [
  'none',
  'fail',
  'policy',
  'neutral',
  'permerror',
  'temperror',
];
const SPF_FAILURES: readonly SpfResult[] = [
  'none',
  'neutral',
  'fail',
  'softfail',
  'permerror',
  'temperror',
];

export function drawDelivery(random: Random): Delivery {
  const author = pick(random, NAMES);
  const near = (): Name => (random() < 0.6 ? sister(random, author) : pick(random, NAMES));
  const spf = (): SpfResult => (random() < 0.6 ? 'pass' : pick(random, SPF_FAILURES));
  return {
    author,
    returnPath: random() < 0.2 ? null : near(),
    helo: near(),
    returnPathResult: spf(),
    heloResult: spf(),
    signatures: Array.from({ length: integer(random, 4) }, () => ({
      signer: near(),
      selector: pick(random, SELECTORS),
      result: random() < 0.6 ? 'pass' : pick(random, DKIM_FAILURES),
    })),
  };
}

function sister(random: Random, { organization }: Name): Name {
  return pick(
    random,
    NAMES.filter((one) => one.organization === organization),
  );
}

/** What DMARC says of a delivery (RFC 9989 §4.4), with some of it taken away. */
export function truthOf(delivery: Delivery, question: TruthQuestion): Truth {
  const { author, signatures } = delivery;
  const signed = signatures.filter(
    ({ signer, selector }) =>
      selector !== question.withoutSelector && speaksFor(signer, author, question.adkim),
  );
  const identity = delivery.returnPath ?? delivery.helo;
  const checked = delivery.returnPath === null ? delivery.heloResult : delivery.returnPathResult;
  const isTakenAway = identity.name === question.withoutSpfOf;
  return {
    dkimAligned: outcomeOf(signed.map(({ result }) => result)),
    spfAligned:
      isTakenAway || !speaksFor(identity, author, question.aspf) ? false : outcomeOf([checked]),
  };
}

function speaksFor(one: Name, author: Name, mode: AlignmentMode): boolean {
  return mode === 'strict' ? one.name === author.name : one.organization === author.organization;
}

function outcomeOf(results: readonly string[]): boolean | null {
  if (results.includes('pass')) return true;
  return results.includes('temperror') ? null : false;
}
