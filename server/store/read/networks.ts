import type { Connection } from '../connection.ts';
import type { SourceName } from '../source-naming.ts';

/** The networks and services of a domain by row of `source`, each with the evidence that rests on most. */
export function createNetworks(
  database: Connection,
): (policyDomainId: number) => Map<number, SourceName> {
  const names = database.prepare<{ domain: number }, SourceName & { row: number }>(/* sql */ `
    SELECT n.id AS row, n.source_id AS id, n.name, n.kind, (
      SELECT a.evidence FROM address_name AS a INDEXED BY address_name_by_source
      WHERE a.policy_domain_id = @domain AND a.source_id = n.id
      ORDER BY a.sign_messages DESC, a.address_id DESC LIMIT 1
    ) AS evidence
    FROM (SELECT DISTINCT source_id FROM stream WHERE policy_domain_id = @domain) AS t
    CROSS JOIN source AS n ON n.id = t.source_id
  `);
  return (domain) => new Map(names.all({ domain }).map(({ row, ...name }) => [row, name]));
}
