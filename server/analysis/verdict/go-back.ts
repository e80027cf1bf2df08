import { rungBelow } from '../verdict-settings.ts';
import type { ClassifiedSource } from '../classified.ts';
import type { Findings } from './case.ts';
import { dayInWords, listInWords, percentInWords } from './in-words.ts';
import { isLower } from './step.ts';
import {
  type Days,
  daysWith,
  messagesIn,
  ofClass,
  sourceDays,
  type SourceDays,
  sumOf,
  sumOver,
} from './source-days.ts';

/** Own mail is being quarantined or rejected. */
export interface Harm {
  /** `ceased`: no longer on the last days with reports. */
  state: 'going-on' | 'ceased';
  /** The worst first, with what was acted on in the last days. */
  sources: readonly { source: ClassifiedSource; acted: number }[];
  messages: number;
  /** Part of own mail in the last days. */
  ratio: number;
  beganDay: number;
  lastDay: number;
  /** All of it carries the name of a subdomain in From. */
  isBelow: boolean;
  told: string;
}

/**
 * What the policy in force does to own mail now; null where it is within bounds, or asks for nothing.
 * @param rung whose bound counts: that of the next one too, or a step would be taken back at once
 */
export function harmOf(findings: Findings, rung: 'quarantine' | 'reject'): Harm | null {
  const { all, at, settings, policy } = findings;
  if (policy.force.p === 'none' || isGoingBackAlready(findings)) return null;
  const own = ofClass(all, 'own');
  const days = { from: at - settings.goBackDays + 1, to: at };
  const messages = sumOver(own, 'acted', days);
  const ratio = messages === 0 ? 0 : messages / (messages + sumOver(own, 'aligned', days));
  const acted = actedDays(own, days);
  const lastDay = acted.at(-1);
  if (lastDay === undefined || ratio <= settings[rung].goBackRatio) return null;
  if (messages < settings.goBackMessages || acted.length < settings.goBackActiveDays) return null;
  const sources = own
    .filter((source) => sumOf(source, 'acted', days) > 0)
    .sort((a, b) => sumOf(b, 'acted', days) - sumOf(a, 'acted', days));
  const isGoingOn = lastReportedDays(all, findings).some((day) => acted.includes(day));
  const harm = {
    sources: sources.map((one) => ({ source: one.source, acted: sumOf(one, 'acted', days) })),
    ...{ messages, ratio, lastDay, isBelow: isBelow(findings, sources, days) },
    beganDay: beganDay(findings, sources[0]),
    state: isGoingOn ? ('going-on' as const) : ('ceased' as const),
  };
  return { ...harm, told: harmInWords(harm) };
}

/** DNS publishes something lower already, and the reports will follow. */
function isGoingBackAlready({ policy: { published, force } }: Findings): boolean {
  return published !== null && isLower(published.p, force.p);
}

function actedDays(own: readonly SourceDays[], days: Days): number[] {
  const acted = new Set(own.flatMap((source) => daysWith(source, 'acted', days)));
  return [...acted].sort((a, b) => a - b);
}

/** Days with any mail but unauthorised: whether it fails or not, somebody has reported. */
function lastReportedDays(all: readonly SourceDays[], { at, settings }: Findings): number[] {
  const days: number[] = [];
  for (let day = at; day > at - settings.windowDays; day -= 1) {
    if (days.length >= settings.goBackLastDays) break;
    if (all.some((source) => messagesIn(source, { from: day, to: day }) > 0)) days.push(day);
  }
  return days;
}

/** First day of the harm to the worst source, without a pause as long as what is looked at. */
function beganDay({ at, mail, settings }: Findings, worst: SourceDays | undefined): number {
  if (worst === undefined) return at;
  const days = daysWith(worst, 'acted', { from: mail.from, to: at }).reverse();
  let began = days[0] ?? at;
  for (const day of days) {
    if (began - day > settings.goBackDays) break;
    began = day;
  }
  return began;
}

function isBelow(
  { mail, judgedSources, modes }: Findings,
  sources: readonly SourceDays[],
  days: Days,
) {
  const ids = new Set(sources.map(({ source }) => source.id));
  const atName = sourceDays(mail, judgedSources, modes, ({ shape }) => {
    return (shape.identifiers.headerFrom ?? mail.domain) === mail.domain;
  });
  return (
    sumOver(
      atName.filter(({ source }) => ids.has(source.id)),
      'acted',
      days,
    ) === 0
  );
}

function harmInWords({ sources, messages, ratio, beganDay: began }: Omit<Harm, 'told'>): string {
  const named = listInWords(sources.map(({ source }) => source.name));
  return `${messages} own messages (${percentInWords(ratio)} of own mail in the last days) were quarantined or rejected, from ${named}, since ${dayInWords(began)}`;
}

/** One level down, for the tag that governs the harmed mail. */
export function stepDown(
  { policy }: Findings,
  sp: Findings['policy']['force']['p'] | null,
  harm: Harm,
): { changes: { p?: 'none' | 'quarantine'; sp?: 'none' | 'quarantine' }; told: string } {
  if (harm.isBelow && sp !== null && sp !== 'none')
    return { changes: { sp: rungBelow(sp) }, told: `sp=${sp} back to sp=${rungBelow(sp)}` };
  const { p } = policy.force;
  return { changes: { p: rungBelow(p) }, told: `p=${p} back to p=${rungBelow(p)}` };
}
