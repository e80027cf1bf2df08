import { dayOf, type Scenario, spoofing, workspace } from '../scenario.ts';

const saidSo = { sendsNothing: { day: dayOf(-5), by: 'Ines' } };
const attacked = spoofing(5, 12, { days: [-95, 0] });

export const silent: readonly Scenario[] = [
  {
    name: 'a parked domain that is spoofed',
    why: 'product.md §4: reject at once, offered where no own, tied or unknown mail was seen in 90 days, by the user’s word; rua stays.',
    mail: { rows: attacked, from: -95 },
    dns: {},
    words: saidSo,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org' },
      says: ['v=spf1 -all', 'null MX'],
    },
  },
  {
    name: 'a parked domain that nobody has called so',
    why: 'product.md §4: only by the user’s word; it is worth a question.',
    mail: { rows: attacked, from: -95 },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      says: ['If it sends nothing, say so'],
    },
  },
  {
    name: 'a parked domain watched for forty days',
    why: 'product.md §4: no mail in 90 days at least.',
    mail: { rows: spoofing(5, 12, { days: [-39, 0] }) },
    words: saidSo,
    expect: { verdict: 'stay', blockers: [], record: null, earliest: 50 },
  },
  {
    name: 'said to send nothing, and mail of its own seen since',
    why: 'product.md §4: where own mail is seen, the gates of that mail decide.',
    mail: { rows: [workspace(100, { days: [-20, 0] })] },
    words: { sendsNothing: { day: dayOf(-5), by: 'Ines' } },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null },
      says: ['said that the domain sends nothing'],
    },
  },
  {
    name: 'a parked domain at reject',
    why: 'product.md §4: at reject there is nothing left to do.',
    mail: { rows: attacked, from: -95, policy: { p: 'reject' } },
    words: saidSo,
    expect: { verdict: 'stay', blockers: [], record: null, earliest: null },
  },
];
