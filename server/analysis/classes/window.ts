import type { DomainMail, MailStream } from '../../store/domain-mail.ts';
import { STEADY_DAYS } from './thresholds.ts';

/** Days since 1970 UTC, both included. */
export interface Window {
  from: number;
  to: number;
}

/** Active days of a stream in the window; none where its reports tell no day one can rely on. */
export function windowDaysOf({ timed, days }: MailStream, { from, to }: Window): readonly number[] {
  if (!timed) return [];
  const isWithin = (days[0] ?? from) >= from && (days.at(-1) ?? to) <= to;
  return isWithin ? days : days.filter((day) => day >= from && day <= to);
}

export function windowMessagesOf({ days, messages }: MailStream, { from, to }: Window): number {
  return days.reduce(
    (sum, day, index) => (day >= from && day <= to ? sum + (messages[index] ?? 0) : sum),
    0,
  );
}

/**
 * Active days from which mail is steady. Where reports began so late in the window that few days
 * could be active at all, half of the days since: better asked too early than taken for spoofing.
 */
export function steadyDaysOf(mail: DomainMail, { from, to }: Window): number {
  const known = [...mail.reports, ...mail.streams];
  const first = known.reduce((least, { firstDay }) => Math.min(least, firstDay ?? least), to);
  const days = to - Math.max(from, first) + 1;
  return Math.min(STEADY_DAYS, Math.max(2, Math.ceil(days / 2)));
}
