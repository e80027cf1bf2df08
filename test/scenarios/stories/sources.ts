import { dayOf, KEEP, newsletter, said, type Scenario, WORKDAYS, workspace } from '../scenario.ts';

export const sources: readonly Scenario[] = [
  {
    name: 'a newsletter that signs as itself',
    why: 'product.md §3: a service that signs as itself does not say for whom; it is asked about by name, and is a blocker without a class.',
    mail: { rows: [workspace(), newsletter()] },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:mailchimp#none'], record: null, earliest: 1 },
      gates: { classes: 'not-met' },
      says: ['Mailchimp'],
    },
  },
  {
    name: 'the same newsletter, claimed by the user',
    why: 'product.md §3: own, needs work: its advice is in the words of the service.',
    mail: { rows: [workspace(), newsletter()] },
    words: said('service:mailchimp#none', 'own'),
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:mailchimp#none'], record: null },
      gates: { 'own-aligned': 'not-met', classes: 'met' },
      says: ['It signs as mcsv.net', 'CNAME'],
    },
  },
  {
    name: 'Workspace without DKIM for two days after the move',
    why: 'product.md §5: a new Workspace needs up to two days before it signs; SPF carries that mail, which quarantine allows.',
    mail: {
      rows: [
        workspace(100, { days: [-89, -27] }),
        workspace(100, {
          days: [-26, -25],
          dkim: ['pass example-org.20230601.gappssmtp.com 20230601'],
        }),
        workspace(100, { days: [-24, 0] }),
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      gates: { 'dkim-carries': 'met' },
    },
  },
  {
    name: 'Workspace without DKIM for two days, on the way to reject',
    why: 'product.md §4: own mail passing by SPF alone may be 0.5% in sum towards reject (RFC 9989: reject must not rest on SPF alone).',
    mail: {
      rows: [
        workspace(100, { days: [-89, -27] }),
        workspace(100, {
          days: [-26, -25],
          dkim: ['pass example-org.20230601.gappssmtp.com 20230601'],
        }),
        workspace(100, { days: [-24, 0] }),
      ],
      policy: { p: 'quarantine' },
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null, earliest: 5 },
      gates: { 'dkim-carries': 'not-met', 'own-aligned': 'met' },
    },
  },
  {
    name: 'another tenant of Workspace uses the name',
    why: 'product.md §3: another customer of a service that you use too is no own source of yours.',
    mail: {
      rows: [
        workspace(),
        {
          source: 'service:google',
          messages: 30,
          days: [-5, -1],
          dkim: ['pass bulk-offers-net.20230601.gappssmtp.com 20230601'],
          spf: ['pass bulk-offers.net'],
        },
      ],
    },
    expect: { verdict: 'advance', blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
  },
  {
    name: 'one’s own tenant of Workspace without a signature of the domain',
    why: 'product.md §3: the default signing domain of one’s own tenancy is a tie: a source that needs work, not spoofing.',
    mail: {
      rows: [
        workspace(200, { source: 'spf:example.org', dkim: ['pass example.org s1'] }),
        {
          source: 'service:google',
          messages: 30,
          days: [-89, 0],
          dkim: ['pass example-org.20230601.gappssmtp.com 20230601'],
          spf: ['pass bounces.example.net'],
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null },
      gates: { 'own-aligned': 'not-met' },
      classes: { 'service:google#own': 'own' },
    },
  },
  {
    name: 'Microsoft 365 mail of a tenant that no domain tells',
    why: 'product.md §3: the tenant cannot be derived from the domain: unknown, never another customer.',
    mail: {
      rows: [
        workspace(),
        {
          source: 'service:microsoft-365',
          messages: 12,
          days: [-89, 0],
          dkim: ['pass contoso.onmicrosoft.com selector1-contoso-onmicrosoft-com'],
          spf: ['pass contoso.onmicrosoft.com'],
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ record: null, blockers: ['service:microsoft-365#as:contoso.onmicrosoft.com'] },
      gates: { classes: 'not-met' },
    },
  },
  {
    name: 'a steady ERP without ties',
    why: 'product.md §3: no tie, one network, active on 8 days or more: a question put to the user.',
    mail: {
      rows: [
        workspace(),
        {
          source: 'as:64901 Datacentre',
          messages: 4,
          days: [-89, 0],
          weekdays: WORKDAYS,
          spf: ['none erp-host.example'],
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['as:64901#none'], record: null },
      gates: { classes: 'not-met' },
      classes: { 'as:64901#none': 'unknown' },
    },
  },
  {
    name: 'a sister firm on the same service',
    why: 'product.md §3: also where it authenticates as a third party, a steady sender is asked about.',
    mail: {
      rows: [
        workspace(),
        workspace(5, {
          days: [-89, 0],
          dkim: ['pass sister.example google'],
          spf: ['pass sister.example'],
        }),
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#as:sister.example'], record: null },
      classes: { 'service:google#as:sister.example': 'unknown' },
    },
  },
  {
    name: 'a web site that sends directly, half of it unaligned',
    why: 'product.md §4: each own source’s observed rate is to be 98%.',
    mail: {
      rows: [
        workspace(400),
        {
          source: 'spf:example.org Web server',
          messages: 6,
          days: [-89, 0],
          spf: ['pass example.org'],
        },
        {
          source: 'spf:example.org Web server',
          messages: 4,
          days: [-89, 0],
          spf: ['none web1.hosting.example'],
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['spf:example.org#own'], record: null },
      gates: { 'own-aligned': 'not-met' },
      says: ['It does not sign'],
    },
  },
  {
    name: 'a tiny failing sender beside a big clean one',
    why: 'product.md §4: each own source is judged; a source too small for a bound blocks by its failures.',
    mail: {
      rows: [
        workspace(2_000),
        {
          source: 'spf:example.org Printer',
          messages: 1,
          on: [-40, -20, -3],
          spf: ['softfail example.org'],
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['spf:example.org#own'], record: null },
      gates: { 'own-aligned': 'not-met' },
    },
  },
  {
    name: 'a tiny clean sender beside a big clean one',
    why: 'product.md §4: a source too small for a bound is told with 3/n and blocks only by failures.',
    mail: {
      rows: [
        workspace(2_000),
        {
          source: 'spf:example.org Printer',
          messages: 1,
          days: [-80, 0],
          weekdays: [2],
          spf: ['pass example.org'],
        },
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      says: ['Too small for a bound: up to 25% could fail'],
    },
  },
  {
    name: 'a key rotated half way',
    why: 'product.md §3: a failing signature of a key that DNS does not know yet, from a sender in use, is one’s own fault and no forgery.',
    mail: {
      rows: [
        workspace(50, {
          source: 'service:sendgrid',
          days: [-89, 0],
          dkim: ['pass example.org s1'],
          spf: ['pass u1.wl.sendgrid.net'],
        }),
        workspace(50, {
          source: 'service:sendgrid',
          days: [-12, 0],
          dkim: ['fail example.org s2'],
          spf: ['pass u1.wl.sendgrid.net'],
        }),
        workspace(200),
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:sendgrid#own'], record: null },
      classes: { 'service:sendgrid#own': 'own' },
    },
  },
  {
    name: 'a fault already mended, much mail',
    why: 'product.md §4: with much mail the rate of the window counts; the mended mail is a new source for 14 days.',
    mail: {
      rows: [
        workspace(300),
        workspace(100, {
          source: 'service:sendgrid',
          days: [-89, -11],
          dkim: ['pass sendgrid.net s1'],
          spf: ['pass u1.wl.sendgrid.net'],
        }),
        workspace(100, {
          source: 'service:sendgrid',
          days: [-10, 0],
          dkim: ['pass example.org s1'],
          spf: ['pass u1.wl.sendgrid.net'],
        }),
      ],
    },
    words: {
      classes: [
        {
          sourceId: 'service:sendgrid#none',
          class: 'own',
          day: dayOf(-40),
          by: 'Ines',
          note: null,
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:sendgrid#none', 'service:sendgrid#own'], record: null },
      gates: { 'own-aligned': 'not-met' },
    },
  },
  {
    name: 'in sum just below the bound',
    why: 'product.md §4: the lower bound of the Wilson interval is to be 98%: 98.33% observed in 1,800 is not.',
    mail: {
      rows: [
        workspace(59, { days: [-29, 0] }),
        workspace(1, {
          days: [-29, 0],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null },
      gates: { 'own-aligned': 'not-met' },
    },
  },
  {
    name: 'in sum just above the bound',
    why: 'product.md §4: 98.67% of 9,000 messages have a lower bound above 98%.',
    mail: {
      rows: [
        workspace(296, { days: [-29, 0] }),
        workspace(4, {
          days: [-29, 0],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
    },
    expect: { verdict: 'advance', blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
  },
];
