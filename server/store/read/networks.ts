import type { Connection } from '../connection.ts';
import type { SourceName } from '../source-naming.ts';

type NetworkRow = [
  row: number,
  id: string,
  name: string,
  kind: SourceName['kind'],
  evidence: string,
];

/** The networks and services of a domain by row of `source`, each with the evidence that rests on most. */
export function createNetworks(
  database: Connection,
): (policyDomainId: number) => Map<number, SourceName> {
  const names = database
    .prepare<{ domain: number }, NetworkRow>(
      /* sql */ `
      SELECT n.id, n.source_id, n.name, n.kind, (
        SELECT a.evidence FROM address_name AS a INDEXED BY address_name_by_source
        WHERE a.policy_domain_id = @domain AND a.source_id = n.id
        ORDER BY a.sign_messages DESC, a.address_id DESC LIMIT 1
      )
      FROM (SELECT DISTINCT source_id FROM stream WHERE policy_domain_id = @domain) AS t
      CROSS JOIN source AS n ON n.id = t.source_id
    `,
    )
    .raw();
  return (domain) => {
    const networks = new Map<number, SourceName>();
    for (const [row, id, name, kind, evidence] of names.all({ domain }))
      networks.set(row, { id, name, kind, evidence });
    return networks;
  };
}
