import type { Gate, Verdict } from '../../../../server/analysis/verdict-types.ts';
import { day } from './tally-of.ts';

const sums = (messages: number, dmarcAligned: number, spfAligned = dmarcAligned) => ({
  messages,
  dmarcAligned,
  dkimAligned: dmarcAligned,
  spfAligned,
});
const gate = (id: Gate['id'], state: Gate['state'], parts: Partial<Gate>): Gate => ({
  id,
  state,
  value: null,
  threshold: null,
  detail: '',
  sources: [],
  waiver: null,
  ...parts,
});

const GATES: Gate[] = [
  gate('time-at-policy', 'met', {
    value: 34,
    threshold: 30,
    detail: '34 days of reports at p=none; 30 are wanted.',
  }),
  gate('rhythm', 'not-enough-data', {
    value: 18,
    threshold: 35,
    detail:
      'The monthly sender "payroll" was seen once, 18 days ago: wait for its next turn, or say how often it sends.',
    sources: ['service:mailchimp#own'],
  }),
  gate('coverage', 'met', {
    value: 4,
    threshold: 2,
    detail: '4 operators report; the newest report ended 4 hours ago.',
  }),
  gate('classes', 'not-met', {
    value: 0.0234,
    threshold: 0.01,
    detail:
      '70 messages (2.3%) come from 1 source that nobody has named; at most 1% is wanted. Say whether it is yours.',
    sources: ['as:64501#as:sister.example'],
  }),
  gate('own-aligned', 'not-met', {
    value: 0.8254,
    threshold: 0.98,
    detail: '2 401 of 2 909 own messages are aligned: 82.5%, at least 81.1%; 98% are wanted.',
    sources: ['service:mailchimp#own', 'net:203.0.113.0/24#own'],
  }),
  gate('forwarding-loss', 'accepted', {
    value: 0.018,
    threshold: 0.01,
    detail: '53 forwarded messages (1.8% of own mail) would be hit; at most 1% is wanted.',
    waiver: {
      by: 'Ada',
      day: day('2026-11-10'),
      reason: 'Two lists that nobody depends on.',
      untilDay: day('2027-02-10'),
    },
  }),
  gate('dns', 'met', {
    detail: 'One valid DMARC record, SPF with 6 of 10 look-ups, both selectors resolve.',
  }),
];

/** A domain at p=none with two senders that need work. */
export const aVerdict = (domain: string, at: number | null, offline: boolean): Verdict => ({
  domain,
  at: at ?? day('2026-11-22'),
  verdict: 'stay',
  sentence:
    'Stay at p=none: Mailchimp and your web server (203.0.113.7) fail DMARC, and Example Cloud is not named yet.',
  policy: {
    policy: {
      domain,
      ...{ p: 'none', sp: null, np: null, adkim: 'relaxed', aspf: 'relaxed' },
      ...{ pct: 100, fo: null, testing: null, discoveryMethod: null },
    },
    rung: 'none',
    sinceDay: day('2026-10-19'),
    disputed: null,
  },
  record: null,
  change: null,
  earliest: day('2026-12-12'),
  lowVolume: false,
  highestFailureRatio: null,
  window: { from: day('2026-10-24'), to: day('2026-11-22') },
  gates: offline
    ? GATES.map((one) =>
        one.id === 'dns'
          ? { ...one, state: 'not-asked' as const, detail: 'DNS was not asked.' }
          : one,
      )
    : GATES,
  blockers: [
    {
      source: 'service:mailchimp#own',
      name: 'Mailchimp, as you',
      reason: 'signs as mcsv.net; add the two CNAME records that your account shows under Domains',
      messages: 412,
      gates: ['own-aligned'],
    },
    {
      source: 'net:203.0.113.0/24#own',
      name: '203.0.113.0/24, as you',
      reason: 'your web site sends directly; let it hand mail to your provider',
      messages: 96,
      gates: ['own-aligned'],
    },
    {
      source: 'as:64501#as:sister.example',
      name: 'Example Cloud, as sister.example',
      reason: 'nobody has said whether it is yours',
      messages: 70,
      gates: ['classes'],
    },
  ],
  own: sums(2909, 2401),
  forwarded: sums(184, 131, 0),
  unauthorised: sums(9870, 0),
  unknown: sums(70, 0),
  sources: [],
  questions: [
    {
      sourceId: 'as:64501#as:sister.example',
      text: 'Example Cloud sends as sister.example on most days. Is it yours?',
      messages: 70,
    },
  ],
  notJudgedMessages: 3,
  listUsers: true,
  blindSpots: [
    'Mail that stays inside one provider is in no report.',
    'Receivers that send no reports are not seen.',
  ],
  rollBack: null,
  notes: [
    'Own mail is seen through mailing lists: RFC 9989 tells such domains not to publish p=reject.',
  ],
});

/** The same domain once its senders are mended: the next step, with its way back. */
export const anAdvance = (domain: string): Verdict => ({
  ...aVerdict(domain, null, false),
  verdict: 'advance',
  sentence:
    'Advance to p=quarantine: 12 418 own messages in 30 days from 4 receivers, 99.6% aligned (at least 99.4%).',
  record: 'v=DMARC1; p=quarantine; rua=mailto:postmaster@example.org',
  change: 'p=none to p=quarantine, leave all else',
  earliest: null,
  gates: GATES.map((one) => ({ ...one, state: 'met', waiver: null, sources: [] })),
  blockers: [],
  questions: [],
  rollBack: {
    oldRecord: 'v=DMARC1; p=none; rua=mailto:postmaster@example.org',
    ttlSeconds: 86_400,
    waitSeconds: 86_400,
    watch: 'Own mail that receivers quarantine, by source, on the two days after the change.',
    bound: 'Go back if more than 1% of own mail is acted on, in 3 messages or more on 2 days.',
    untilDay: day('2026-12-07'),
  },
});
