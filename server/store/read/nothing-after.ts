import type { Connection } from '../connection.ts';
import { endOf } from './late-shares.ts';

/** Whether no counted report of a domain, or of one below it, ended after the day `at`. */
export function createNothingAfter(database: Connection): (domain: string, at: number) => boolean {
  const later = database
    .prepare<{ domain: string; end: number }, number>(
      /* sql */ `
      SELECT 1 FROM policy_domain AS d
      WHERE (d.name = @domain OR substr(d.name, -length(@domain) - 1) = '.' || @domain)
        AND EXISTS (
          SELECT 1 FROM report AS r INDEXED BY report_by_domain
          WHERE r.policy_domain_id = d.id AND ifnull(r.end_seconds, 0) > @end AND r.counted = 1
        )
      LIMIT 1
    `,
    )
    .pluck();
  return (domain, at) => later.get({ domain, end: endOf(at) }) === undefined;
}
