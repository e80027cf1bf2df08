import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { formatDay } from '../format.ts';
import { address, chosenAt, chosenPeriod, query } from '../navigation.ts';
import { withQuery } from '../routes.ts';

/** The same page with the verdict of a day; null: the newest. */
const hrefAt = (at: string | null): string =>
  withQuery(address.value.pathname, { ...Object.fromEntries(query.value), at });

/** Of which day the verdict is, where that is not the newest or the mail below is older. */
export function AsOf({ answer }: { answer: VerdictResponse }) {
  const period = chosenPeriod.value;
  if (chosenAt.value !== null) {
    return (
      <p class="note">
        As it stood on {formatDay(answer.at, 'with-year')}.{' '}
        <a href={hrefAt(null)}>See the newest</a>
      </p>
    );
  }
  if (period === null || period.to >= answer.at) return null;
  return (
    <p class="hint">
      This is the newest answer; the mail below is older.{' '}
      <a href={hrefAt(period.to)}>See the answer of {formatDay(period.to, 'with-year')}</a>
    </p>
  );
}
