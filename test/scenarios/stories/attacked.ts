import { KEEP, newsletter, type Scenario, spoofing, workspace } from '../scenario.ts';

export const attacked: readonly Scenario[] = [
  {
    name: 'attacked: 95% spoofing, own mail perfect',
    why: 'product.md §4: own mail is the denominator; unauthorised mail never lowers the readiness.',
    mail: { rows: [workspace(), ...spoofing(95)] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      says: ['that others send in your name'],
    },
  },
  {
    name: 'attacked, and nearly all own mail failing',
    why: 'product.md §4: more spoofing never dilutes: ninety failures of a hundred stay ninety of a hundred.',
    mail: {
      rows: [
        workspace(10),
        workspace(90, { dkim: ['fail example.org google'], spf: ['softfail example.org'] }),
        ...spoofing(500),
      ],
    },
    expect: { verdict: 'stay', blockers: ['service:google#own'], record: null },
  },
  {
    name: 'unknown mail beside heavy spoofing',
    why: 'product.md §3: a steady sender without a tie is asked about, never waved through as spoofing, however much of that there is.',
    mail: {
      rows: [
        workspace(),
        {
          source: 'as:64900 Hoster',
          messages: 9,
          days: [-89, 0],
          dkim: ['pass erp.example s1'],
          spf: ['pass erp.example'],
        },
        ...spoofing(200),
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['as:64900#as:erp.example'], record: null },
      gates: { classes: 'not-met', 'own-aligned': 'met' },
      classes: { 'as:64900#as:erp.example': 'unknown' },
    },
  },
  {
    name: 'spoofing alone keeps the reports coming',
    why: 'product.md §4: coverage counts only reports that hold other mail; own mail has stopped being reported.',
    mail: { rows: [workspace(100, { days: [-89, -12] }), ...spoofing(40)] },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      gates: { coverage: 'not-met' },
      says: ['All operators fell silent'],
    },
  },
  {
    name: 'a spoofing wave of one week through a rented machine',
    why: 'product.md §3: without a tie and active on fewer than 8 days it is unauthorised.',
    mail: {
      rows: [
        workspace(),
        { source: 'as:63949 Linode', messages: 400, days: [-9, -4], spf: ['pass bulk-offers.net'] },
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      classes: { 'as:63949#as:bulk-offers.net': 'unauthorised' },
    },
  },
  {
    name: 'an address of a botnet that stands out by far',
    why: 'product.md §3: active on half the days with 20 times the median of its shape, it is asked about.',
    mail: {
      rows: [
        workspace(),
        ...spoofing(2),
        { source: 'as:64999 Hoster', messages: 60, days: [-29, 0], spf: ['fail example.org'] },
      ],
    },
    expect: { verdict: 'stay', blockers: ['as:64999#none'], record: null },
  },
  {
    name: 'spoofing that the user says is his own',
    why: 'product.md §3: the user’s word stands over every rule.',
    mail: {
      rows: [
        workspace(),
        { source: 'as:64900 Hoster', messages: 20, days: [-6, -2], spf: ['pass shop.example'] },
      ],
    },
    words: {
      classes: [
        {
          sourceId: 'as:64900#as:shop.example',
          class: 'own',
          day: 20_630,
          by: 'Ines',
          note: 'shop',
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['as:64900#as:shop.example'], record: null },
      gates: { 'own-aligned': 'not-met' },
    },
  },
  {
    name: 'a newsletter that the user says is not hers',
    why: 'product.md §3: the user’s word stands over every rule; then it is what the next policy would stop.',
    mail: { rows: [workspace(), newsletter()] },
    words: {
      classes: [
        {
          sourceId: 'service:mailchimp#none',
          class: 'unauthorised',
          day: 20_630,
          by: 'Ines',
          note: null,
        },
      ],
    },
    expect: { verdict: 'advance', blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
  },
];
