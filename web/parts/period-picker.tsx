import { nowSeconds } from '../clock.ts';
import { formatPeriod } from '../format.ts';
import { address, changeQuery, navigate, query } from '../navigation.ts';
import { DEFAULT_DAYS, type Period, isDay, lastFullDays, shiftPeriod } from '../period.ts';
import { withQuery } from '../routes.ts';
import { Term } from './term.tsx';

const CHOICES = [7, 30, 90];

/** Choice of the days that a page is about; it lives in the address. */
export function PeriodPicker({ period }: { period: Period }) {
  const later = shiftPeriod(period, 1);
  const newest = lastFullDays(1, nowSeconds.value).to;
  return (
    <nav class="period" aria-label="Period">
      <p class="period-shown">
        <strong>{formatPeriod(period.from, period.to)}</strong> <Term of="utcDay">UTC days</Term>
      </p>
      <ul>
        <li>
          <a href={periodHref(shiftPeriod(period, -1))}>‹ Earlier</a>
        </li>
        {CHOICES.map((days) => (
          <li key={days}>
            <Choice days={days} period={period} />
          </li>
        ))}
        <li>
          {later.from > newest ? (
            <span class="nothing">Later ›</span>
          ) : (
            <a href={periodHref(later)}>Later ›</a>
          )}
        </li>
        <li>
          <OtherDays period={period} />
        </li>
      </ul>
    </nav>
  );
}

/** The address of the same page over other days; the default period needs no mention. */
function periodHref(period: Period): string {
  const usual = lastFullDays(DEFAULT_DAYS, nowSeconds.value);
  const isUsual = usual.from === period.from && usual.to === period.to;
  return withQuery(address.value.pathname, {
    ...Object.fromEntries(query.value),
    from: isUsual ? null : period.from,
    to: isUsual ? null : period.to,
  });
}

function Choice({ days, period }: { days: number; period: Period }) {
  const choice = lastFullDays(days, nowSeconds.value);
  const chosen = choice.from === period.from && choice.to === period.to;
  return (
    <a href={periodHref(choice)} aria-current={chosen ? 'true' : undefined}>
      {days} days
    </a>
  );
}

function OtherDays({ period }: { period: Period }) {
  return (
    <details class="other-days">
      <summary>Other days</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          applyDays(new FormData(event.currentTarget));
        }}
      >
        <label>
          From <input type="date" name="from" required value={period.from} />
        </label>
        <label>
          to <input type="date" name="to" required value={period.to} />
        </label>
        <button type="submit">Show</button>
      </form>
    </details>
  );
}

function applyDays(form: FormData): void {
  const days = ['from', 'to']
    .map((name) => form.get(name))
    .filter((day) => typeof day === 'string');
  const [from, to] = days.filter(isDay).sort();
  if (from !== undefined && to !== undefined) navigate(periodHref({ from, to }));
}

/** Shows the days over which someone dragged in a chart. */
export const brushTo = (period: Period): void =>
  changeQuery({ from: period.from, to: period.to }, 'push');
