import { dns } from '../gates/dns.ts';
import { type Finding, met, notMet } from '../gates/finding.ts';
import { withWaiver } from '../gates/waivers.ts';
import type { Findings } from './case.ts';
import { dayInWords, daysInWords } from './in-words.ts';
import { explicitSp } from './published.ts';
import type { Step } from './step.ts';

/** Days without own, forwarded and unknown mail, counted back from `at`; 0 where some came that day. */
export function quietDays({ mail, judgedSources, at }: Findings): number {
  let last: number | null = null;
  for (const { streams } of judgedSources)
    for (const index of streams) last = later(last, mail.streams[index]?.lastDay ?? null);
  return Math.max(0, at - (last ?? dayBeforeAll(mail) ?? at));
}

function dayBeforeAll({ streams, reports }: Findings['mail']): number | null {
  let first: number | null = null;
  for (const { firstDay } of streams) first = earlier(first, firstDay);
  for (const { firstDay } of reports) first = earlier(first, firstDay);
  return first === null ? null : first - 1;
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** The user said so, and nothing seen since speaks against it. */
export function isSaidToSendNothing(findings: Findings): boolean {
  const said = findings.words.sendsNothing;
  return said !== null && said.day <= findings.at;
}

/** Straight to reject: there is no mail to lose. null where everything is at reject already. */
export function stepToSilence(findings: Findings): Step | null {
  const { force, rung } = findings.policy;
  const base = { target: 'reject', scope: 'all' } as const;
  if (force.p !== 'reject')
    return {
      ...{ ...base, kind: 'raise-p', changes: { p: 'reject' } },
      told: `p=${force.p} to p=reject`,
    };
  if (rung !== 'reject')
    return force.pct < 100
      ? { ...base, kind: 'end-pct', changes: { pct: null }, told: `pct=${force.pct} taken out` }
      : { ...base, kind: 'end-testing', changes: { testing: false }, told: 't=y taken out' };
  const sp = explicitSp(findings);
  if (sp === null || sp === 'reject') return null;
  return { ...base, kind: 'raise-sp', changes: { sp: 'reject' }, told: `sp=${sp} to sp=reject` };
}

/** Quiet for long enough, and a record that reports can be had from. */
export function gatesToSilence(findings: Findings): Finding[] {
  const { settings, at, words } = findings;
  const value = quietDays(findings);
  const threshold = settings.sendsNothingDays;
  const detail = `No mail of yours for ${daysInWords(value)}, since ${dayInWords(at - value + 1)}`;
  const quiet =
    value >= threshold
      ? met('time-at-policy', { value, threshold, detail: `${detail}.` })
      : notMet('time-at-policy', {
          ...{ value, threshold, earliest: at + threshold - value },
          detail: `${detail}; ${threshold} are wanted. Wait.`,
        });
  return [quiet, dns(findings, new Set(), true)].map((gate) => withWaiver(gate, words, at));
}

/** What else a domain that sends nothing publishes. */
export const SILENT_RECORDS =
  'Publish v=spf1 -all as its SPF record too, and, if it receives nothing either, a null MX (0 .). The rua stays, so that misuse is still reported.';
