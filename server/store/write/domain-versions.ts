import type { Connection } from '../connection.ts';

/** Gathers of which domains anything changes, and counts their versions up once a transaction. */
export interface DomainVersions {
  touch(policyDomainId: number): void;
  flush(): void;
  clear(): void;
}

export function createDomainVersions(database: Connection): DomainVersions {
  const touched = new Set<number>();
  const countUp = database.prepare<[policyDomainId: number]>(/* sql */ `
    INSERT INTO domain_version (policy_domain, version)
    SELECT name, 1 FROM policy_domain WHERE id = ?
    ON CONFLICT DO UPDATE SET version = version + 1
  `);
  return {
    touch: (policyDomainId) => {
      touched.add(policyDomainId);
    },
    flush: () => {
      for (const id of touched) countUp.run(id);
      touched.clear();
    },
    clear: () => touched.clear(),
  };
}
