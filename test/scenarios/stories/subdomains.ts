import { KEEP, newsletter, type Scenario, workspace } from '../scenario.ts';

const shopNotReady = newsletter(60, { from: 'shop.example.org', days: [-89, 0] });
const tied = {
  classes: [
    {
      sourceId: 'service:mailchimp#none',
      class: 'own' as const,
      day: 20_600,
      by: 'Ines',
      note: null,
    },
  ],
};

export const subdomains: readonly Scenario[] = [
  {
    name: 'the domain is ready and its subdomains are not',
    why: 'product.md §4: raising p while subdomains are not ready adds an explicit sp at its present effective value.',
    mail: { rows: [workspace(), shopNotReady] },
    dns: {},
    words: tied,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; sp=none; rua=mailto:dmarc@example.org' },
      says: ['Mail of subdomains is not ready yet'],
    },
  },
  {
    name: 'neither the domain nor its subdomains are ready',
    why: 'product.md §4: a verdict is over the mail that the changed tag governs; here p governs both.',
    mail: { rows: [workspace(), shopNotReady, newsletter(200)] },
    words: tied,
    expect: { verdict: 'stay', blockers: ['service:mailchimp#none'], record: null },
  },
  {
    name: 'an explicit sp spares the subdomains already',
    why: 'product.md §4: a verdict is over the mail that the changed tag governs, by header_from.',
    mail: { rows: [workspace(), shopNotReady] },
    dns: { dmarc: ['v=DMARC1; p=none; sp=none; rua=mailto:dmarc@example.org'] },
    words: tied,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; sp=none; rua=mailto:dmarc@example.org' },
    },
  },
  {
    name: 'at reject, with sp=none and subdomains that are ready',
    why: 'product.md §4: sp is a tag with mail of its own, judged by the gates of its next rung.',
    mail: {
      rows: [workspace(), workspace(20, { from: 'shop.example.org' })],
      policy: { p: 'reject', sp: 'none' },
    },
    dns: { dmarc: ['v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'advance',
      ...{
        blockers: [],
        record: 'v=DMARC1; p=reject; sp=quarantine; rua=mailto:dmarc@example.org',
      },
    },
  },
  {
    name: 'a subdomain with a record of its own',
    why: 'product.md §4: it is its own policy domain, and its mail is judged there.',
    mail: {
      rows: [workspace(), newsletter(60, { from: 'news.example.org' })],
      otherPolicyDomains: ['news.example.org'],
    },
    words: tied,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      says: ['Judged apart', 'news.example.org'],
    },
  },
  {
    name: 'a policy domain below its organizational domain',
    why: 'RFC 9989 §4.10: sp means nothing in a record below the organizational domain, so none is added.',
    mail: {
      domain: 'shop.example.org',
      rows: [
        workspace(100, {
          dkim: ['pass shop.example.org google'],
          spf: ['pass shop.example.org'],
          from: 'shop.example.org',
        }),
      ],
      policy: { sp: 'reject' },
    },
    expect: { verdict: 'advance', blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
  },
  {
    name: 'np=reject where none of the mail uses an absent name',
    why: 'product.md §4: np=reject is offered only where no tied mail uses a name that DNS says does not exist.',
    mail: { rows: [workspace(), workspace(20, { from: 'shop.example.org' })] },
    dns: { wildcard: false, names: [{ name: 'shop.example.org', exists: true }] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org' },
      says: ['np=reject may go in a step of its own'],
    },
  },
  {
    name: 'no np where own mail uses a name that does not exist',
    why: 'product.md §4: np=reject would hit that mail.',
    mail: { rows: [workspace(), workspace(20, { from: 'ghost.example.org' })] },
    dns: { wildcard: false, names: [{ name: 'ghost.example.org', exists: false }] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org' },
      hushes: ['np=reject'],
    },
  },
  {
    name: 'no np under a wildcard',
    why: 'product.md §4: a wildcard makes np moot.',
    mail: { rows: [workspace()] },
    dns: { wildcard: true },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org' },
      hushes: ['np=reject'],
    },
  },
];
