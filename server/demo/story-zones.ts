import type { DkimFacts, MxFacts, SpfFacts, SpfNetwork } from '../records/dns-snapshot.ts';
import { OLD_SERVER } from './own-senders.ts';
import { STORY_DAYS, TURNS } from './story-days.ts';
import { DEMO_DOMAIN } from './story-mail.ts';

export const TTL_SECONDS = 3600;

/** What DNS said from that day on. */
export interface Zone {
  sinceDaysBeforeEnd: number;
  mx: MxFacts;
  spf: SpfFacts;
  selectors: readonly DkimFacts[];
}

const OWN_MX: MxFacts = {
  state: 'valid',
  nullMx: false,
  hosts: [{ name: `mail.${DEMO_DOMAIN}`, preference: 10, addresses: [OLD_SERVER] }],
};
const GOOGLE_MX: MxFacts = {
  state: 'valid',
  nullMx: false,
  hosts: [{ name: 'smtp.google.com', preference: 1, addresses: ['64.233.184.26'] }],
};

const OLD_NETWORK: readonly SpfNetwork[] = [{ network: `${OLD_SERVER}/32`, include: null }];
const GOOGLE_SPF = '_spf.google.com';
const GOOGLE_LOOKUPS = 3;
const GOOGLE_NETWORKS: readonly SpfNetwork[] = [
  '74.125.0.0/16',
  '209.85.128.0/17',
  '2607:f8b0:4000::/36',
  '2a00:1450:4000::/36',
].map((network) => ({ network, include: GOOGLE_SPF }));

function spf(text: string, ownNetworks: readonly SpfNetwork[], lookups: number): SpfFacts {
  const withGoogle = text.includes(GOOGLE_SPF);
  return {
    state: 'valid',
    text,
    ttlSeconds: TTL_SECONDS,
    lookups,
    voidLookups: 0,
    all: '~',
    networks: [...ownNetworks, ...(withGoogle ? GOOGLE_NETWORKS : [])],
    includes: withGoogle
      ? [{ domain: GOOGLE_SPF, lookups: GOOGLE_LOOKUPS, networks: GOOGLE_NETWORKS.length }]
      : [],
    incomplete: false,
  };
}

const SPF_OLD_SERVER = spf('v=spf1 mx ~all', OLD_NETWORK, 1);
const SPF_BOTH = spf(
  `v=spf1 ip4:${OLD_SERVER} include:${GOOGLE_SPF} ~all`,
  OLD_NETWORK,
  GOOGLE_LOOKUPS,
);
const SPF_GOOGLE = spf(`v=spf1 include:${GOOGLE_SPF} ~all`, [], GOOGLE_LOOKUPS);

const present = (selector: string, cnames: string[] = []): DkimFacts => ({
  selector,
  state: 'valid',
  keyType: 'rsa',
  keyBits: 2048,
  testing: false,
  ttlSeconds: TTL_SECONDS,
  cnames,
});
const absent = (selector: string): DkimFacts => ({
  selector,
  state: 'absent',
  keyType: null,
  keyBits: null,
  testing: false,
  ttlSeconds: null,
  cnames: [],
});

const OTHERS = [present('pay1'), present('tickets'), present('web')];
const K2 = present('k2', ['dkim2.mcsv.net']);

/** First day to last. A key that is about to come was asked for before. */
export const ZONES: readonly Zone[] = [
  {
    sinceDaysBeforeEnd: STORY_DAYS - 1,
    mx: OWN_MX,
    spf: SPF_OLD_SERVER,
    selectors: [present('mail'), ...OTHERS],
  },
  {
    sinceDaysBeforeEnd: TURNS.moved,
    mx: GOOGLE_MX,
    spf: SPF_BOTH,
    selectors: [absent('google'), present('mail'), ...OTHERS],
  },
  {
    sinceDaysBeforeEnd: TURNS.workspaceSigns,
    mx: GOOGLE_MX,
    spf: SPF_BOTH,
    selectors: [present('google'), present('mail'), ...OTHERS],
  },
  {
    sinceDaysBeforeEnd: TURNS.oldServerRemoved,
    mx: GOOGLE_MX,
    spf: SPF_GOOGLE,
    selectors: [present('google'), absent('k2'), absent('mail'), ...OTHERS],
  },
  {
    sinceDaysBeforeEnd: TURNS.newsletterSigns,
    mx: GOOGLE_MX,
    spf: SPF_GOOGLE,
    selectors: [present('google'), K2, absent('mail'), ...OTHERS],
  },
];
