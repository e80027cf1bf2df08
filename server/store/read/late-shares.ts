import type { Connection } from '../connection.ts';
import { DAY_SECONDS, daysOf, isTimed, sharesByDay } from '../days.ts';

/** Messages that the sums of days up to `at` hold, and that nobody could know of at the end of `at`. */
export interface LateShare {
  streamId: number;
  addressId: number;
  reporterId: number;
  facet: number;
  day: number;
  messages: number;
}

interface LateReport {
  id: number;
  reporterId: number;
  begin: number | null;
  end: number;
}

interface LateRecord {
  streamId: number;
  addressId: number;
  facet: number;
  count: number;
}

/** Days before `at` on which a report may begin that ends after it: it spans 31 at most. */
const LONGEST_DAYS = 31;

/** The moment after which nothing is known at the end of the UTC day `at`. */
export const endOf = (at: number): number => (at + 1) * DAY_SECONDS;

/** Shares of the counted reports of a domain that ended after the day `at`, on days up to `at` or without a day. */
export function createLateShares(
  database: Connection,
): (policyDomainId: number, at: number) => LateShare[] {
  const reportsWhere = (condition: string) =>
    database.prepare<{ domain: number; at: number; end: number }, LateReport>(/* sql */ `
      SELECT id, reporter_id AS reporterId, begin_seconds AS begin, end_seconds AS end
      FROM report INDEXED BY report_by_day
      WHERE policy_domain_id = @domain AND counted = 1 AND ${condition} AND end_seconds > @end
    `);
  const dated = reportsWhere(`first_day BETWEEN @at - ${LONGEST_DAYS} AND @at`);
  const undated = reportsWhere('first_day IS NULL AND @at IS NOT NULL');
  const recordsOf = database.prepare<
    { domain: number; report: number; timed: 0 | 1 },
    LateRecord
  >(/* sql */ `
    SELECT t.id AS streamId, c.address_id AS addressId, f.facet, c.message_count AS count
    FROM record AS c
    CROSS JOIN profile AS f ON f.id = c.profile_id
    CROSS JOIN address_name AS a
      ON a.policy_domain_id = @domain AND a.address_id = c.address_id
    CROSS JOIN stream AS t
      ON t.policy_domain_id = @domain AND t.source_id = a.source_id
        AND t.shape_id = ifnull(f.shape_id, f.id) AND t.timed = @timed
    WHERE c.report_id = @report
  `);
  return (domain, at) => {
    const bounds = { domain, at, end: endOf(at) };
    return [...dated.all(bounds), ...undated.all(bounds)].flatMap(
      ({ id, reporterId, begin, end }) => {
        const days = daysOf(begin, end);
        const timed = isTimed(begin, end) ? 1 : 0;
        return recordsOf
          .all({ domain, report: id, timed })
          .flatMap(({ count, ...record }) =>
            sharesByDay(days, count).flatMap(([day, messages]) =>
              day > at ? [] : [{ ...record, reporterId, day, messages }],
            ),
          );
      },
    );
  };
}
