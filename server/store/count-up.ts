import type { Connection } from './connection.ts';

/** Tells readers that something they may keep of a domain has changed. */
export function createCountUp(database: Connection): (domain: string) => void {
  const countUp = database.prepare<[domain: string]>(/* sql */ `
    INSERT INTO domain_version (policy_domain, version) VALUES (?, 1)
    ON CONFLICT DO UPDATE SET version = version + 1
  `);
  return (domain) => {
    countUp.run(domain);
  };
}
