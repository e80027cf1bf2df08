import { describe, expect, test } from 'vitest';
import { beforeAfter } from '../../../server/analysis/before-after.ts';
import { classify } from '../../../server/analysis/classify.ts';
import type { MailClass } from '../../../server/store/domain-mail.ts';
import { snapshotOf, sourcesOf } from './changes-sources.ts';
import { dayNumber } from './mail/days.ts';
import type { MailRow, MailSpec } from './mail/story.ts';
import { mailOf } from './mail-of.ts';

const AT = dayNumber('2026-06-30', 0);
const OLD = 'spf:example.org';
const NEW = 'service:google';
const signed = { dkim: ['pass example.org g'], spf: ['pass example.org'] };
const unsigned = { spf: ['pass example.org'] };

function ask(
  rows: readonly MailRow[],
  day: number,
  {
    classes = {},
    dns = null,
    ...spec
  }: Partial<MailSpec> & {
    classes?: Record<string, MailClass>;
    dns?: ReturnType<typeof snapshotOf> | null;
  } = {},
) {
  const mail = mailOf({ rows, ...spec });
  const facts = { mail, classification: sourcesOf(mail, classes), words: { rhythms: [] }, dns };
  return beforeAfter(facts, AT + day);
}

describe('before and after a day', () => {
  test('are the same number of days, at most 30', () => {
    expect(ask([{ source: NEW, days: [-89, 0], messages: 1 }], -40)).toMatchObject({
      day: AT - 40,
      before: { from: AT - 70, to: AT - 41 },
      after: { from: AT - 40, to: AT - 11 },
    });
    expect(ask([{ source: NEW, days: [-89, 0], messages: 1 }], -4)).toMatchObject({
      before: { from: AT - 9, to: AT - 5 },
      after: { from: AT - 4, to: AT },
    });
  });

  test('are nothing where no report tells of both sides', () => {
    const rows = [{ source: NEW, days: [-89, -20] as const, messages: 1 }];
    const reporters = [{ org: 'only.example', days: [-89, -20] as const }];
    expect(ask(rows, -10, { reporters })).toBeNull();
    expect(ask(rows, -89, { reporters })).toBeNull();
    expect(ask([], -10)).toBeNull();
    expect(ask(rows, -20, { reporters })).not.toBeNull();
  });

  test('tell the sums of each source, the largest first', () => {
    const found = ask(
      [
        { source: OLD, days: [-89, 0], messages: 1, ...unsigned },
        { source: NEW, days: [-19, 0], messages: 5, ...signed },
      ],
      -19,
    );
    expect(found?.sources.map(({ sourceId }) => sourceId)).toEqual([`${NEW}#own`, `${OLD}#own`]);
    expect(found?.sources[1]).toMatchObject({
      before: { messages: 20, dmarcAligned: 20, dkimAligned: 0, spfAligned: 20 },
      after: { messages: 20, dmarcAligned: 20, dkimAligned: 0, spfAligned: 20 },
      lastDay: AT,
      told: null,
    });
  });

  const cases: [told: string | null, rows: readonly Omit<MailRow, 'source'>[]][] = [
    ['Fell to nothing after 2026-06-14', [{ days: [-89, -16], messages: 3, ...signed }]],
    ['First mail on 2026-06-11', [{ days: [-19, 0], messages: 3, ...signed }]],
    [
      'Fell from 400 messages to 20',
      [
        { days: [-89, -20], messages: 20, ...signed },
        { days: [-19, 0], messages: 1, ...signed },
      ],
    ],
    [
      'Signs since 2026-06-15',
      [
        { days: [-89, -16], messages: 3, ...unsigned },
        { days: [-15, 0], messages: 3, ...signed },
      ],
    ],
    [
      'No longer signs since 2026-06-15',
      [
        { days: [-89, -16], messages: 3, ...signed },
        { days: [-15, 0], messages: 3, ...unsigned },
      ],
    ],
    [
      'First mail on 2026-06-11; Signs since 2026-06-13',
      [
        { days: [-19, -18], messages: 3, ...unsigned },
        { days: [-17, 0], messages: 3, ...signed },
      ],
    ],
    [null, [{ days: [-89, 0], messages: 3, ...signed }]],
    [
      null,
      [
        { days: [-89, 0], messages: 3, ...signed },
        { days: [-89, 0], messages: 3, ...unsigned },
      ],
    ],
  ];
  test.each(cases)('say of a source: %s', (told, rows) => {
    const steady = { source: 'as:64999', days: [-89, 0] as const, messages: 1 };
    const found = ask([steady, ...rows.map((row) => ({ source: OLD, ...row }))], -19);
    expect(found?.sources.find(({ sourceId }) => sourceId === `${OLD}#own`)?.told).toBe(told);
  });
});

describe('a move of providers', () => {
  const left: MailRow = { source: OLD, days: [-89, -20], messages: 40, ...unsigned };
  const arrived: MailRow[] = [
    { source: NEW, days: [-20, -19], messages: 20, ...unsigned },
    { source: NEW, days: [-18, 0], messages: 40, ...signed },
  ];
  const webSite: MailRow = {
    source: 'as:64500 Web Host',
    days: [-89, 0],
    messages: 2,
    spf: ['pass web.example'],
  };
  const told = (...args: Parameters<typeof ask>) => ask(...args)?.moving ?? [];

  test('tells since when the new one signs, what leaves elsewhere, and what is left to do', () => {
    const mx = {
      state: 'valid',
      nullMx: false,
      hosts: [{ name: 'smtp.google.com', preference: 1, addresses: [] }],
    } as const;
    const dns = snapshotOf({
      mx: { ...mx, hosts: mx.hosts.map((host) => ({ ...host, addresses: [] })) },
    });
    expect(told([left, ...arrived, webSite], -20, { dns })).toEqual([
      'Google Workspace and Gmail, as you signs for you since 2026-06-12, 2 days after its first mail: 760 of 800 messages carry an aligned DKIM signature.',
      'Mail still leaves from elsewhere: Web Host (AS64500), as you (42 messages, 42 of them not aligned).',
      'Mail of Your own network, as you has fallen to nothing: the last came on 2026-06-10, and none in the 20 days of reports since (840 messages before, 40 after).',
      'Your own network, as you may be switched off when all of this is true: no mail of it for 35 days, so that monthly senders have had their turn (20 so far, so not before 2026-07-15); no MX record of the domain leads to it (today they name smtp.google.com); and no device, web site or program still hands its mail to it, which no report shows.',
    ]);
  });

  test('comes first with what is wrong: the new one does not sign, the old one still sends', () => {
    const still: MailRow = { source: OLD, days: [-19, 0], messages: 4, ...unsigned };
    const silent: MailRow = { source: NEW, days: [-20, 0], messages: 40, ...unsigned };
    const [first, second] = told([left, still, silent], -20);
    expect(first).toMatch(
      /^Google Workspace and Gmail, as you does not sign all mail for you: 0 of 840 messages/,
    );
    expect(first).toMatch(/switch signing on\.$/);
    expect(second).toMatch(/still sends for you \(840 messages before, 120 after\)/);
  });

  test('gives a new Google Workspace two days, also while nothing ties it to the domain', () => {
    const young: MailRow = { source: NEW, days: [-2, 0], messages: 40, ...unsigned };
    const still: MailRow = { ...left, days: [-89, 0] };
    const [first] = told([still, young], -2, { classes: { [NEW]: 'unknown' } });
    expect(first).toMatch(/may need up to two days before it signs\.$/);
  });

  test('is over once the old server was silent for a monthly turn', () => {
    const long = [
      { ...left, days: [-89, -50] as const },
      { ...arrived[1], source: NEW, messages: 40, days: [-50, 0] as const },
    ];
    expect(told(long, -50).at(-1)).toContain('have had their turn (so it is: 50)');
  });

  test('is none where a newsletter begins beside mail that goes on', () => {
    const newsletter: MailRow = {
      source: 'service:mailchimp',
      days: [-20, 0],
      messages: 40,
      ...signed,
    };
    expect(told([{ ...left, days: [-89, 0] }, newsletter], -20)).toEqual([]);
  });

  test('is none where a source ends and none begins', () => {
    expect(told([left, webSite], -20)).toEqual([]);
  });
});

test('a move is told of the sources that the rules find, two days without a signature included', () => {
  const mail = mailOf({
    rows: [
      { source: OLD, days: [-89, -20], messages: 40, ...unsigned },
      { source: NEW, days: [-20, -19], messages: 20, ...unsigned },
      { source: NEW, days: [-18, 0], messages: 40, ...signed },
      { source: 'as:64501', days: [-50, -1], messages: 9, spf: ['fail example.org'] },
    ],
  });
  const words = {
    ...{ classes: [], fixed: [], rhythms: [], waivers: [] },
    ...{ sendsNothing: null, microsoftTenants: [] },
  };
  const window = { from: mail.at - 29, to: mail.at };
  const classification = classify(mail, { words, dns: null, addresses: [], window });
  const found = beforeAfter({ mail, classification, words, dns: null }, AT - 20);
  const google = found?.sources.find(({ sourceId }) => sourceId === `${NEW}#own`);
  expect(google?.told).toBe('First mail on 2026-06-10; Signs since 2026-06-12');
  expect(found?.moving.join('\n')).toMatch(
    /signs for you since 2026-06-12, 2 days after its first mail[^]*fallen to nothing[^]*may be switched off/,
  );
});
