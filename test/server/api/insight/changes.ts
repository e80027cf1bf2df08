import type { BeforeAfter, Change } from '../../../../server/analysis/change-types.ts';
import { day } from './tally-of.ts';

export const CHANGES: Change[] = [
  {
    day: day('2026-11-03'),
    kind: 'dns',
    label: 'MX changed',
    text: 'MX changed from mail.example.org to smtp.google.com.',
    sourceId: null,
  },
  {
    day: day('2026-11-05'),
    kind: 'source-first',
    label: 'Google Workspace: first DKIM',
    text: 'Google Workspace signs as example.org since 5 Nov.',
    sourceId: 'service:google-workspace#own',
  },
  {
    day: day('2026-11-12'),
    kind: 'note',
    label: 'Newsletter',
    text: 'The autumn newsletter went out.',
    sourceId: null,
  },
];

const sums = (messages: number, dmarcAligned: number) => ({
  messages,
  dmarcAligned,
  dkimAligned: dmarcAligned,
  spfAligned: dmarcAligned,
});

export const compared = (around: number): BeforeAfter => ({
  day: around,
  before: { from: around - 14, to: around - 1 },
  after: { from: around, to: around + 13 },
  sources: [
    {
      sourceId: 'service:google-workspace#own',
      name: 'Google Workspace, as you',
      before: sums(0, 0),
      after: sums(1120, 1105),
      lastDay: day('2026-11-22'),
      told: 'Signs since 5 Nov',
    },
    {
      sourceId: 'net:203.0.113.0/24#own',
      name: '203.0.113.0/24, as you',
      before: sums(990, 985),
      after: sums(96, 0),
      lastDay: day('2026-11-22'),
      told: null,
    },
  ],
  moving: ['203.0.113.7 still sends 96 messages: do not switch the old server off yet.'],
});
