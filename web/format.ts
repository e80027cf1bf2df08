/** Numbers, days and times as text. Days are UTC; times are shown in the viewer's zone. */

/** Thin and unbreakable: it parts thousands without letting a number wrap. */
const THIN_SPACE = '\u202f';
export const DASH = '–';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'].concat([
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
]);

/** 12418 → '12 418', with thin spaces. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** '1 report', '12 reports'. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * Share of `part` in `whole`, 0 to 1, as a percentage with one decimal. All and nothing are said
 * only when exact: 9 999 of 10 000 is '>99.9%'. A share of nothing is a dash.
 */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return DASH;
  if (part === 0) return '0%';
  if (part === whole) return '100%';
  const permille = Math.round((part / whole) * 1000);
  if (permille === 0) return '<0.1%';
  if (permille === 1000) return '>99.9%';
  return `${(permille / 10).toFixed(1)}%`;
}

/** '2026-11-03' → '3 Nov', or with `year` '3 Nov 2026'. */
export function formatDay(
  day: string,
  year: 'with-year' | 'without-year' = 'without-year',
): string {
  const [yearText = '', month = '', dayOfMonth = ''] = day.split('-');
  const text = `${Number(dayOfMonth)} ${MONTHS[Number(month) - 1] ?? month}`;
  return year === 'with-year' ? `${text} ${yearText}` : text;
}

/** '24 Oct – 22 Nov 2026'; the first year only where it differs. */
export function formatPeriod(from: string, to: string): string {
  if (from === to) return formatDay(from, 'with-year');
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  return `${formatDay(from, sameYear ? 'without-year' : 'with-year')} – ${formatDay(to, 'with-year')}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Unix seconds as '3 Nov 2026, 14:05' in the viewer's zone. */
export function formatTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const clock = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
  return `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''} ${date.getFullYear()}, ${clock}`;
}

/** Unix seconds as '3 Nov 2026, 23:59:59 UTC', as reports mean it. */
export function formatUtc(seconds: number): string {
  const iso = new Date(seconds * 1000).toISOString();
  return `${formatDay(iso.slice(0, 10), 'with-year')}, ${iso.slice(11, 19)} UTC`;
}

/** How long ago, roughly: 'just now', '4 min ago', '4 h ago', '3 d ago'; older than 60 days as a day. */
export function formatAgo(seconds: number, nowSeconds: number): string {
  const age = nowSeconds - seconds;
  if (age < 60) return 'just now';
  if (age < 3600) return `${Math.floor(age / 60)} min ago`;
  if (age < 48 * 3600) return `${Math.floor(age / 3600)} h ago`;
  if (age < 60 * 86400) return `${Math.floor(age / 86400)} d ago`;
  return formatDay(new Date(seconds * 1000).toISOString().slice(0, 10), 'with-year');
}

/** A length of time: '1 s', '3 min', '2 h 5 min'. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 90) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** '640 B', '12.4 kB', '3.1 MB'; a kB is 1000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A ratio, 0 to 1, as a percentage with one decimal; very small ones as '<0.1%'. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100;
  return percent > 0 && percent < 0.1 ? '<0.1%' : `${percent.toFixed(1)}%`;
}

/** Messages a week from a sum over days: whole from 10 on, else with one decimal. */
export function formatPerWeek(messages: number, days: number): string {
  const weekly = (messages * 7) / Math.max(1, days);
  if (messages === 0) return '0';
  if (weekly < 0.1) return '<0.1';
  return weekly < 10 ? weekly.toFixed(1) : formatCount(Math.round(weekly));
}
