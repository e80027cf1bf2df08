import fc from 'fast-check';

import type { UserWords } from '../../../../server/store/domain-mail.ts';
import type { MailRow, MailSpec, PolicyRow, ReporterRow } from '../mail/story.ts';

export interface ArbitraryStory {
  mail: MailSpec;
  words: Partial<UserWords>;
}

const LAST_DAY = 20_634;

/** The first of the reporters, by their names. */
const seenBy = (reporters: number): string[] => REPORTERS.slice(0, reporters).map(({ org }) => org);

/** How mail of each kind of sender looks; the first of each passes. */
const KINDS: readonly Pick<MailRow, 'source' | 'dkim' | 'spf' | 'reasons' | 'disposition'>[] = [
  { source: 'service:google', dkim: ['pass example.org google'], spf: ['pass example.org'] },
  { source: 'service:google', dkim: ['fail example.org google'], spf: ['softfail example.org'] },
  {
    source: 'service:google',
    dkim: ['temperror example.org google'],
    spf: ['temperror example.org'],
  },
  { source: 'service:sendgrid', dkim: ['pass example.org s1'], spf: ['pass u1.wl.sendgrid.net'] },
  { source: 'service:sendgrid', dkim: ['fail example.org s1'], spf: ['pass u1.wl.sendgrid.net'] },
  { source: 'spf:example.org Own server', spf: ['pass example.org'] },
  { source: 'spf:example.org Own server', spf: ['none host.example'] },
  { source: 'service:mailchimp', dkim: ['pass mcsv.net k2'], spf: ['pass mail27.suw15.mcsv.net'] },
  { source: 'as:64801 University', dkim: ['fail example.org google'], spf: ['fail example.org'] },
  {
    source: 'as:64801 University',
    dkim: ['fail example.org google'],
    spf: ['pass lists.example'],
    reasons: ['mailing_list'],
  },
  { source: 'as:64900 Hoster', dkim: ['pass erp.example s1'], spf: ['pass erp.example'] },
];

const REPORTERS: readonly ReporterRow[] = [
  { org: 'google.com', email: 'noreply-dmarc-support@google.com', share: 6 },
  { org: 'Outlook.com', email: 'dmarcreport@microsoft.com', share: 4 },
  { org: 'Yahoo', email: 'dmarchelp@yahooinc.com', share: 2 },
];

const workspace = KINDS[0] ?? { source: 'service:google' };

const span = fc
  .tuple(fc.integer({ min: -89, max: 0 }), fc.integer({ min: -60, max: 0 }))
  .map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)));

const row = fc.record({
  kind: fc.constantFrom(...KINDS),
  days: span,
  messages: fc.integer({ min: 1, max: 40 }),
  weekly: fc.boolean(),
});

const policy: fc.Arbitrary<readonly PolicyRow[]> = fc
  .tuple(
    fc.constantFrom<PolicyRow>(
      { p: 'none' },
      { p: 'quarantine' },
      { p: 'quarantine', pct: 0 },
      { p: 'quarantine', testing: true },
      { p: 'reject' },
      { p: 'reject', testing: true },
    ),
    fc.option(fc.integer({ min: -70, max: -1 }), { freq: 2 }),
  )
  .map(([now, since]) => (since === null ? [now] : [{ p: 'none' }, { ...now, since }]));

/**
 * A domain with much or little passing mail for ninety days, a few others that send now and then,
 * some of them failing, a policy that may have changed, and one to three reporters.
 */
export const arbitraryStory: fc.Arbitrary<ArbitraryStory> = fc
  .record({
    steady: fc.constantFrom(0, 1, 3, 9, 40, 400),
    rows: fc.array(row, { maxLength: 4 }),
    policy,
    reporters: fc.integer({ min: 1, max: 3 }),
    mended: fc.option(fc.integer({ min: -60, max: -1 })),
  })
  .map(({ steady, rows, policy: policies, reporters, mended }) => ({
    mail: {
      policy: policies,
      reporters: REPORTERS,
      rows: [
        ...(steady === 0
          ? []
          : [
              {
                ...workspace,
                messages: steady,
                days: [-89, 0] as const,
                reporters: seenBy(reporters),
              },
            ]),
        ...rows.map(({ kind, days, messages, weekly }) => ({
          ...{ ...kind, days, messages, reporters: seenBy(reporters) },
          ...(weekly ? { weekdays: [2] } : {}),
        })),
      ],
    },
    words:
      mended === null
        ? {}
        : {
            fixed: [
              { sourceId: 'service:google#own', day: LAST_DAY + mended, by: 'Ines', note: null },
            ],
          },
  }));

/** Mail of nobody in the domain's name, from so many networks that it is no one's sender. */
export const arbitrarySpoofing: fc.Arbitrary<readonly MailRow[]> = fc
  .record({
    networks: fc.integer({ min: 10, max: 14 }),
    messages: fc.integer({ min: 1, max: 500 }),
    days: span,
    spf: fc.constantFrom('fail example.org', 'pass bulk-offers.net', 'none spam.example'),
    reporter: fc.constantFrom(...REPORTERS.map(({ org }) => org)),
  })
  .map(({ networks, messages, days, spf, reporter }) =>
    Array.from({ length: networks }, (_, index) => ({
      ...{ source: `as:${64_600 + index}`, messages, days, spf: [spf], reporters: [reporter] },
    })),
  );

/** One message of one's own that fails, on a day of the window. */
export const arbitraryFailure: fc.Arbitrary<MailRow> = fc
  .record({
    kind: fc.constantFrom(...KINDS.filter(isFailingOwn)),
    day: fc.integer({ min: -29, max: 0 }),
    disposition: fc.constantFrom('none' as const, 'quarantine' as const, 'reject' as const),
  })
  .map(({ kind, day, disposition }) => ({ ...kind, on: [day], messages: 1, disposition }));

function isFailingOwn({ source, dkim = [], spf = [] }: (typeof KINDS)[number]): boolean {
  const isOwn = ['service:google', 'service:sendgrid', 'spf:example.org Own server'].includes(
    source,
  );
  return isOwn && ![...dkim, ...spf].some((text) => /^(pass|temperror) example\.org/.test(text));
}
