import type { Scenario } from '../scenario.ts';
import { dayOf, KEEP, WORKDAYS, workspace } from '../scenario.ts';

const twelveAWeek = workspace(3, { weekdays: [1, 3, 4, 5] });

/** Days counted back in steps of two weeks, the first `offset` days ago. */
const everySecondWeek = (offset: number): number[] =>
  [0, 14, 28, 42, 56, 70].map((weeks) => -offset - weeks);

export const littleMail: readonly Scenario[] = [
  {
    name: 'a personal domain with 12 messages a week, all of them passing',
    why: 'product.md §4, little mail: 20 passing messages on 8 days in up to 90 days and no failure suffice; what they leave open (3/n) is told.',
    mail: { rows: [twelveAWeek] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}`, lowVolume: true },
      says: ['Little mail: up to 1.96% could still fail'],
    },
  },
  {
    name: 'five messages a week, on any days',
    why: 'product.md §4, coverage: reports are expected by the rhythm of the domain, not daily.',
    mail: {
      rows: [
        workspace(1, { on: [0, 3, 7].flatMap(everySecondWeek), reporters: ['google.com'] }),
        workspace(1, { on: [1, 5, 12].flatMap(everySecondWeek), reporters: ['Outlook.com'] }),
        workspace(2, { on: [9, 10].flatMap(everySecondWeek), reporters: ['google.com'] }),
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}`, lowVolume: true },
      gates: { coverage: 'met', 'own-aligned': 'met' },
    },
  },
  {
    name: 'fifteen messages in all',
    why: 'product.md §4, little mail: fewer than 20 passing messages are not enough data, and no failure is not a proof.',
    mail: { rows: [workspace(1, { days: [-44, 0], weekdays: [1, 4], reporters: ['google.com'] })] },
    words: {
      waivers: [
        {
          ...{ gate: 'coverage', by: 'Ines', day: dayOf(-1), untilDay: dayOf(60) },
          reason: 'Only Google gets mail of mine.',
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null, lowVolume: true },
      gates: { 'own-aligned': 'not-enough-data', coverage: 'accepted' },
      says: ['too little own mail to judge by'],
    },
  },
  {
    name: 'thirty messages on four days',
    why: 'product.md §4, little mail: 20 messages are to come on 8 days at least; one busy week is none.',
    mail: { rows: [workspace(8, { days: [-60, 0], on: [-40, -30, -20, -10, 0] })] },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      gates: { 'own-aligned': 'not-enough-data' },
    },
  },
  {
    name: 'little mail with one failure of two hundred',
    why: 'product.md §4, little mail: one unexplained failure needs 280 messages in the window.',
    mail: {
      rows: [
        workspace(2, { weekdays: WORKDAYS }),
        workspace(1, {
          on: [-50],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null, lowVolume: true, earliest: 40 },
      gates: { 'own-aligned': 'not-met' },
    },
  },
  {
    name: 'little mail with one failure of three hundred',
    why: 'product.md §4, little mail: one unexplained failure is borne once the window holds 280 messages.',
    mail: {
      rows: [
        workspace(6, { weekdays: WORKDAYS, days: [-89, -30] }),
        workspace(4, { weekdays: WORKDAYS, days: [-29, 0] }),
        workspace(1, {
          on: [-50],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}`, lowVolume: true },
    },
  },
  {
    name: 'little mail with two failures of three hundred',
    why: 'product.md §4, little mail: one failure is borne, not two.',
    mail: {
      rows: [
        workspace(6, { weekdays: WORKDAYS, days: [-89, -30] }),
        workspace(4, { weekdays: WORKDAYS, days: [-29, 0] }),
        workspace(1, {
          on: [-50, -40],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null, lowVolume: true, earliest: 40 },
    },
  },
  {
    name: 'a fault of little mail, already mended',
    why: 'product.md §4, explained: a failure from before the day on which the user marked the source as mended, and which passed since.',
    mail: {
      rows: [
        twelveAWeek,
        workspace(2, {
          days: [-60, -55],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
    },
    words: {
      fixed: [{ sourceId: 'service:google#own', day: dayOf(-50), by: 'Ines', note: 'new key' }],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}`, lowVolume: true },
      says: ['12 explained as mended'],
    },
  },
  {
    name: 'a fault marked as mended that came back',
    why: 'product.md §4: only failures before the mark are explained.',
    mail: {
      rows: [
        twelveAWeek,
        workspace(1, {
          on: [-60, -20],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
    },
    words: {
      fixed: [{ sourceId: 'service:google#own', day: dayOf(-50), by: 'Ines', note: null }],
    },
    expect: { verdict: 'stay', blockers: ['service:google#own'], record: null },
  },
  {
    name: 'a fault marked as mended without any mail since',
    why: 'product.md §4: explained is what the user marked and what has passed since.',
    mail: {
      rows: [
        workspace(3, { days: [-89, -30], weekdays: WORKDAYS }),
        workspace(4, {
          source: 'spf:example.org',
          days: [-29, 0],
          weekdays: WORKDAYS,
          dkim: ['pass example.org s1'],
        }),
        workspace(1, {
          on: [-32],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
    },
    words: {
      fixed: [{ sourceId: 'service:google#own', day: dayOf(-20), by: 'Ines', note: null }],
    },
    expect: { verdict: 'stay', blockers: ['service:google#own'], record: null },
  },
  {
    name: 'little mail where the only failures are DNS errors',
    why: 'RFC 9989 §5.3.6: a check that met a DNS error neither passes nor fails; product.md §4: such rows are in no rate.',
    mail: {
      rows: [
        twelveAWeek,
        workspace(2, {
          on: [-20, -10],
          dkim: ['temperror example.org google'],
          spf: ['temperror example.org'],
        }),
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}`, lowVolume: true },
    },
  },
  {
    name: 'a personal domain at quarantine with 200 messages in 90 days',
    why: 'product.md §4, little mail: towards reject the bound wants 765 messages, so the same rules apply with 1,130.',
    mail: { rows: [workspace(3, { weekdays: WORKDAYS })], policy: { p: 'quarantine' } },
    dns: { dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], lowVolume: true },
      record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org',
    },
  },
];
