import type { Verdict } from '../verdict-types.ts';
import type { Case } from './case.ts';
import { daysInWords, listInWords, percentInWords } from './in-words.ts';
import { sumOf } from './source-days.ts';
import { presentRecord } from './target-record.ts';

/** How to go back, told before the step is made. */
export function rollBackOf(about: Case): NonNullable<Verdict['rollBack']> {
  const { at, settings, own, window, dns } = about;
  const ttlSeconds = dns?.dmarc.ttlSeconds ?? null;
  const largest = [...own]
    .sort((a, b) => sumOf(b, 'aligned', window) - sumOf(a, 'aligned', window))
    .map(({ source }) => source.name);
  return {
    oldRecord: presentRecord(about),
    ttlSeconds,
    waitSeconds: ttlSeconds === null ? null : ttlSeconds > settings.ttlSeconds ? ttlSeconds : 0,
    watch: `Own mail that is quarantined or rejected${largest.length === 0 ? '' : `, above all from ${listInWords(largest)}`}.`,
    bound: boundInWords(about, about.step.target),
    untilDay: at + settings.watchDays,
  };
}

export function boundInWords(
  { settings }: Pick<Case, 'settings'>,
  rung: 'quarantine' | 'reject',
): string {
  const ratio = percentInWords(settings[rung].goBackRatio);
  return `Go back when more than ${ratio} of own mail is acted on within ${daysInWords(settings.goBackDays)}, in at least ${settings.goBackMessages} messages on ${settings.goBackActiveDays} days.`;
}

/** Lowering the TTL first makes the way back short. null where it is short, or not known. */
export function waitingPlan(about: Case): string | null {
  const { dns, settings, mail } = about;
  const ttl = dns?.dmarc.ttlSeconds ?? null;
  if (ttl === null || ttl <= settings.ttlSeconds) return null;
  return `First lower the TTL of _dmarc.${mail.domain} from ${ttl} to ${settings.ttlSeconds} seconds, wait ${ttl} seconds until the old one has gone everywhere, then publish the new record. Raise the TTL again when the watch ends.`;
}
