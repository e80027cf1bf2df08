import { dayOf, KEEP, type Scenario, spoofing, workspace } from '../scenario.ts';

const google = { org: 'google.com', email: 'noreply-dmarc-support@google.com' };
const microsoft = { org: 'Outlook.com', email: 'dmarcreport@microsoft.com' };

export const coverage: readonly Scenario[] = [
  {
    name: 'one reporter gone silent, two still reporting',
    why: 'product.md §4, coverage: operators that stopped are named with their share; two others still report.',
    mail: {
      rows: [workspace()],
      reporters: [
        google,
        microsoft,
        { org: 'Yahoo', email: 'dmarchelp@yahooinc.com', days: [-89, -20] },
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      says: ['Fell silent: Yahoo (33', 'last on 2026-06-10'],
    },
  },
  {
    name: 'one of two reporters gone silent',
    why: 'product.md §4, coverage: at least two operators, and one that stopped is none.',
    mail: { rows: [workspace()], reporters: [google, { ...microsoft, days: [-89, -20] }] },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      gates: { coverage: 'not-met' },
      says: ['Only 1 operator reports', 'Fell silent: Outlook.com'],
    },
  },
  {
    name: 'all reporters silent at once',
    why: 'product.md §4, coverage: all stopped at once: the rua path itself is suspected.',
    mail: { rows: [workspace(100, { days: [-89, -9] })] },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      gates: { coverage: 'not-met' },
      says: ['suspect the way of the reports itself'],
    },
  },
  {
    name: 'one operator, accepted by the user',
    why: 'product.md §4, coverage: one operator may be accepted by a named user, with date, reason and expiry.',
    mail: { rows: [workspace()], reporters: [google] },
    words: {
      waivers: [
        {
          ...{ gate: 'coverage', by: 'Ines', day: dayOf(-3), untilDay: dayOf(60) },
          reason: 'My correspondents are all at Google.',
        },
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      gates: { coverage: 'accepted' },
      says: ['Accepted by Ines on 2026-06-27'],
    },
  },
  {
    name: 'an acceptance that has expired',
    why: 'product.md §4: an acceptance has an expiry.',
    mail: { rows: [workspace()], reporters: [google] },
    words: {
      waivers: [
        {
          ...{ gate: 'coverage', by: 'Ines', day: dayOf(-60), untilDay: dayOf(-1) },
          reason: 'My correspondents are all at Google.',
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      gates: { coverage: 'not-met' },
      says: ['that has ended'],
    },
  },
  {
    name: 'two names of one operator',
    why: 'product.md §4: operators are counted, told by organisation and contact, not the names of reporters.',
    mail: {
      rows: [workspace()],
      reporters: [microsoft, { org: 'Enterprise Outlook', email: 'dmarcreport@microsoft.com' }],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      gates: { coverage: 'not-met' },
    },
  },
  {
    name: 'a daily sender with reports on every second day of the window',
    why: 'product.md §4, coverage: reports on 80% of the days on which the rhythm expects them.',
    mail: {
      rows: [
        workspace(100, { days: [-89, -30] }),
        workspace(100, { on: Array.from({ length: 15 }, (_, index) => -2 * index) }),
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      gates: { coverage: 'not-met' },
    },
  },
  {
    name: 'a second operator that sees nothing but spoofing',
    why: 'product.md §4: coverage counts only reports that hold other mail than unauthorised.',
    mail: {
      rows: [
        workspace(100, { reporters: ['google.com'] }),
        ...spoofing(30, 12, { reporters: ['Outlook.com'] }),
      ],
      reporters: [google, microsoft],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      gates: { coverage: 'not-met' },
      says: ['Only 1 operator reports'],
    },
  },
];
