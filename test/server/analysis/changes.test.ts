import { describe, expect, test } from 'vitest';
import { changesOf, type ChangeFacts } from '../../../server/analysis/changes.ts';
import type { MailClass } from '../../../server/store/domain-mail.ts';
import { sourcesOf } from './changes-sources.ts';
import { dayNumber } from './mail/days.ts';
import type { MailSpec } from './mail/story.ts';
import { mailOf } from './mail-of.ts';

const AT = dayNumber('2026-06-30', 0);
const EVERYTHING = { from: 0, to: AT };
const steady = {
  source: 'service:google',
  days: [-89, 0],
  messages: 40,
  dkim: ['pass example.org g'],
} as const;

function ask(
  spec: MailSpec,
  more: Partial<ChangeFacts> & { classes?: Record<string, MailClass> } = {},
  range = EVERYTHING,
) {
  const mail = mailOf(spec);
  const { classes = {}, ...facts } = more;
  const classification = sourcesOf(mail, classes);
  const words = { rhythms: [] };
  return changesOf({ mail, classification, words, notes: [], dnsHistory: [], ...facts }, range);
}

const marks = (found: ReturnType<typeof ask>) => found.map(({ day, label }) => [day - AT, label]);

describe('policy changes in reports', () => {
  const change = { since: -20, p: 'quarantine' } as const;

  test('are on the day on which most messages show another policy', () => {
    expect(ask({ rows: [steady], policy: [{}, change] })).toEqual([
      {
        day: AT - 20,
        kind: 'policy',
        label: 'p=quarantine',
        text: 'From 2026-06-10 on, most reports show p=quarantine instead of p=none.',
        sourceId: null,
      },
    ]);
  });

  test('are none where nothing but the first policy is seen', () => {
    const policy = { p: 'reject', sp: 'none', pct: 50, testing: true } as const;
    expect(ask({ rows: [steady], policy })).toEqual([]);
  });

  test('tell every tag that changed, sp only where it does not go with p', () => {
    const policy = [
      { sp: 'none', testing: null },
      { since: -40, p: 'quarantine', sp: 'quarantine', pct: 25, adkim: 'strict' },
      { since: -20, p: 'reject', sp: 'none', pct: 100, adkim: 'strict' },
    ] as const;
    expect(marks(ask({ rows: [steady], policy }))).toEqual([
      [-40, 'p=quarantine; adkim=s; pct=25'],
      [-20, 'p=reject; sp=none; pct=100'],
    ]);
  });

  test('wait for the majority: one small reporter that reads an old record changes nothing', () => {
    const reporters = [
      { org: 'big.example', share: 9 },
      { org: 'small.example', share: 1, policy: [{}, { since: -10, p: 'quarantine' }] },
    ] as const;
    expect(marks(ask({ rows: [steady], reporters, policy: [{}, change] }))).toEqual([
      [-20, 'p=quarantine'],
    ]);
  });

  test('do not flicker while receivers still keep the old record', () => {
    const late = { org: 'late.example', share: 2, days: [-19, -19], policy: {} } as const;
    const first = { org: 'first.example', share: 1 } as const;
    const found = ask({ rows: [steady], reporters: [first, late], policy: [{}, change] });
    expect(found.map(({ label }) => label)).toEqual(['p=quarantine']);
  });
});

describe('first and last mail', () => {
  const row = (source: string, days: readonly [number, number]) => ({
    ...{ source, days, messages: 3, dkim: ['pass example.org s'] },
  });

  test('are told of a source that came, and of one that has gone', () => {
    const rows = [steady, row('as:64500 Old Host', [-89, -30]), row('as:64501 New Host', [-25, 0])];
    expect(marks(ask({ rows }))).toEqual([
      [-30, 'Old Host (AS64500), as you: last mail'],
      [-25, 'New Host (AS64501), as you: first mail'],
    ]);
  });

  test('are not told of what sends since reports began, or by its turn will send again', () => {
    const monthly = { ...row('as:64500', [0, 0]), on: [-80, -50, -20] };
    const weekday = { ...row('as:64501', [-89, -4]), weekdays: [1, 2, 3, 4, 5] };
    expect(ask({ rows: [steady, monthly, weekday] })).toEqual([]);
  });

  test('wait for a full turn, by the word of the user where there is one', () => {
    const quarterly = { ...row('as:64500', [0, 0]), on: [-80, -79] };
    const facts = { rhythms: [{ sourceId: 'as:64500#own', everyDays: 95, by: 'Ada' }] };
    expect(marks(ask({ rows: [steady, quarterly] }))).toHaveLength(1);
    expect(ask({ rows: [steady, quarterly] }, { words: facts })).toEqual([]);
  });

  test('say nothing after the last report', () => {
    const reporters = [{ org: 'only.example', days: [-89, -20] }] as const;
    expect(ask({ rows: [{ ...steady, days: [-89, -20] }], reporters })).toEqual([]);
  });

  test('are told of unknown sources and not of the thousands that only use the name', () => {
    const rows = [steady, row('as:64500', [-20, 0]), row('as:64501', [-20, 0])];
    const classes = { 'as:64500': 'unknown', 'as:64501': 'unauthorised' } as const;
    expect(ask({ rows }, { classes }).map(({ sourceId }) => sourceId)).toEqual(['as:64500#none']);
  });
});

describe('changes in DNS and notes', () => {
  const dnsHistory = [
    { askedSeconds: (AT - 3) * 86_400 + 3600, changes: ['MX changed'] },
    { askedSeconds: (AT - 2) * 86_400, changes: [] },
    { askedSeconds: (AT - 1) * 86_400, changes: ['SPF changed', 'A DKIM key of google is gone.'] },
  ];

  test('stand on the day on which they were seen', () => {
    const found = ask({ rows: [steady] }, { dnsHistory });
    expect(found.map(({ day, kind, label, text }) => [day - AT, kind, label, text])).toEqual([
      [-3, 'dns', 'MX changed', 'MX changed.'],
      [-1, 'dns', 'DNS: 2 changes', 'SPF changed. A DKIM key of google is gone.'],
    ]);
  });

  test('come in order of days, within the range, long ones shortened on the chart', () => {
    const text = 'Moved the web site to another host, whose mail goes out by itself';
    const notes = [
      { day: AT - 3, text, by: 'Ada' },
      { day: AT - 60, text: 'long ago', by: '' },
    ];
    const found = ask({ rows: [steady] }, { dnsHistory, notes }, { from: AT - 9, to: AT - 2 });
    expect(found.map(({ kind }) => kind)).toEqual(['dns', 'note']);
    expect(found[1]).toMatchObject({
      label: 'Moved the web site to another host, who…',
      text: `${text} (Ada)`,
    });
  });
});

test('a domain without a report has its notes and DNS changes', () => {
  const notes = [{ day: AT - 3, text: 'Began', by: '' }];
  expect(ask({ rows: [] }, { notes })).toEqual([
    { day: AT - 3, kind: 'note', label: 'Began', text: 'Began', sourceId: null },
  ]);
});
