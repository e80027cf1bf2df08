import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../../server/analysis/what-if-types.ts';
import type { DnsSnapshot } from '../../../server/records/dns-snapshot.ts';
import { snapshotOf } from './changes-sources.ts';
import { mailOf } from './mail-of.ts';
import { ask, failing, signed, sumsOf } from './what-if-asked.ts';

describe('what a candidate would have done', () => {
  const rows = [
    { source: 'service:google', messages: 10, ...signed },
    { source: 'service:mailchimp', messages: 2, ...failing },
    { source: 'as:64500', messages: 5, spf: ['fail example.org'] },
    { source: 'as:64501', messages: 1, dkim: ['fail example.org s'], spf: ['pass list.example'] },
  ];
  const classes = { 'as:64500': 'unauthorised', 'as:64501': 'forwarder' } as const;

  test('is told by source, most harm first and spoofing last, and adds up by class', () => {
    const found = ask({ rows }, {}, { classes });
    expect(
      found.sources.map(({ sourceId, messages, failing: fails, rejected, quarantined }) => [
        sourceId,
        messages,
        fails,
        rejected,
        quarantined,
      ]),
    ).toEqual([
      ['service:mailchimp#own', 60, 60, 60, 0],
      ['as:64501#none', 30, 30, 30, 0],
      ['service:google#own', 300, 0, 0, 0],
      ['as:64500#none', 150, 150, 150, 0],
    ]);
    expect(found.classes).toEqual([
      { class: 'own', messages: 360, quarantined: 0, rejected: 60 },
      { class: 'forwarder', messages: 30, quarantined: 0, rejected: 30 },
      { class: 'unknown', messages: 0, quarantined: 0, rejected: 0 },
      { class: 'unauthorised', messages: 150, quarantined: 0, rejected: 150 },
    ]);
  });

  test('is said in one sentence, and that rejected is an upper bound', () => {
    const found = ask({ rows }, {}, { classes });
    expect(found.sentence).toBe(
      'p=reject would have cost 60 own and 30 forwarded messages in 30 days, and stopped 150 unauthorised ones.',
    );
    expect(found.notes.join()).toContain('upper bound');
  });

  test('is nothing at p=none, though mail fails', () => {
    const found = ask({ rows }, { p: 'none' }, { classes });
    expect(found.sentence).toBe('p=none would have touched no message in 30 days.');
    expect(found.sources[0]).toMatchObject({ rejected: 0, quarantined: 0 });
    expect(found.sources.reduce((sum, one) => sum + one.failing, 0)).toBe(240);
    expect(found.notes).toEqual([]);
  });

  test('quarantines at p=quarantine', () => {
    const found = ask({ rows }, { p: 'quarantine' }, { classes });
    expect(sumsOf(found, 'own')).toMatchObject({ quarantined: 60, rejected: 0 });
  });

  test('is told by week, which add up to the whole', () => {
    // 2026-06-30 is a Tuesday: its week began on the day before.
    const found = ask({ rows }, {}, { classes });
    const mondays = [...new Set(found.weeks.map(({ monday }) => monday))];
    const at = mailOf({ rows }).at;
    expect(mondays).toEqual([at - 29, at - 22, at - 15, at - 8, at - 1]);
    const own = found.weeks.filter((week) => week.class === 'own');
    expect(own.map(({ rejected }) => rejected)).toEqual([14, 14, 14, 14, 4]);
    expect(found.weeks.reduce((sum, { messages }) => sum + messages, 0)).toBe(540);
  });

  test('counts only the window', () => {
    const found = ask({ rows: [{ source: 'as:64500', days: [-40, 0], messages: 1, ...failing }] });
    expect(sumsOf(found, 'own')?.messages).toBe(30);
  });

  test('lets nothing through by strict alignment but the author name itself', () => {
    const row = { source: 'as:64500', messages: 1, from: 'news.example.org', ...signed };
    expect(sumsOf(ask({ rows: [row] }), 'own')?.rejected).toBe(0);
    const found = ask({ rows: [row] }, { adkim: 'strict' });
    expect(sumsOf(found, 'own')?.rejected).toBe(30);
    expect(found.sentence).toContain('p=reject; adkim=s would have cost 30 own messages');
  });
});

describe('the policy that governs a name', () => {
  const row = (from: string) => ({
    source: 'as:64500',
    messages: 1,
    from,
    spf: ['fail x.example'],
  });
  const dns = (names: DnsSnapshot['names'], wildcard: boolean | null = false) =>
    snapshotOf({ names, wildcard });
  const gone = [{ name: 'gone.example.org', exists: false }];
  const unsure = [{ name: 'gone.example.org', exists: null }];
  const cases: [
    title: string,
    from: string,
    candidate: Partial<Candidate>,
    dns: DnsSnapshot | null,
    hit: 'rejected' | 'quarantined' | 'neither',
  ][] = [
    ['p for the domain', 'example.org', { sp: 'none' }, null, 'rejected'],
    ['sp below it', 'a.example.org', { sp: 'quarantine' }, null, 'quarantined'],
    ['p below it without sp', 'a.example.org', {}, null, 'rejected'],
    ['sp=none spares names below it', 'a.example.org', { sp: 'none' }, null, 'neither'],
    [
      'np for a name that does not exist',
      'gone.example.org',
      { sp: 'none', np: 'reject' },
      dns(gone),
      'rejected',
    ],
    ['sp for it without np', 'gone.example.org', { sp: 'quarantine' }, dns(gone), 'quarantined'],
    [
      'sp where nobody knows',
      'gone.example.org',
      { sp: 'none', np: 'reject' },
      dns(unsure),
      'neither',
    ],
    [
      'sp where DNS was not asked',
      'gone.example.org',
      { sp: 'none', np: 'reject' },
      null,
      'neither',
    ],
    [
      'sp under a wildcard',
      'gone.example.org',
      { sp: 'none', np: 'reject' },
      dns(gone, true),
      'neither',
    ],
    ['p for a name elsewhere', 'example.net', { sp: 'none' }, null, 'rejected'],
  ];
  test.each(cases)('is %s', (_title, from, candidate, snapshot, hit) => {
    const found = ask({ rows: [row(from)] }, candidate, { dns: snapshot });
    expect(sumsOf(found, 'own')).toMatchObject({
      rejected: hit === 'rejected' ? 30 : 0,
      quarantined: hit === 'quarantined' ? 30 : 0,
    });
  });

  test('cannot be np where DNS was not asked, and that is told', () => {
    const spec = { rows: [row('gone.example.org')] };
    expect(ask(spec, { np: 'reject' }).notes.join()).toContain('DNS was not asked');
    expect(ask(spec, { np: 'reject' }, { dns: dns(gone) }).notes.join()).not.toContain('not asked');
  });

  test('is its own for a name that has reports of its own, and that is told', () => {
    const found = ask({
      rows: [row('x.shop.example.org'), row('other.example.org')],
      otherPolicyDomains: ['shop.example.org'],
    });
    expect(found.governedElsewhere).toBe(30);
    expect(sumsOf(found, 'own')).toMatchObject({ messages: 60, rejected: 30 });
    expect(found.notes.join()).toContain('30 messages came from names below the domain');
  });
});
