import type { Connection } from '../connection.ts';

/** Whether any report of a domain was counted. Every page asks it, so that nothing is summed for it. */
export function createKnownDomain(database: Connection): (domain: string) => boolean {
  const known = database
    .prepare<[domain: string], 0 | 1>(
      /* sql */ `
      SELECT EXISTS (
        SELECT 1 FROM policy_domain AS d
        CROSS JOIN report AS r INDEXED BY report_by_day
          ON r.policy_domain_id = d.id AND r.counted = 1
        WHERE d.name = ?
      )
    `,
    )
    .pluck();
  return (domain) => known.get(domain) === 1;
}
