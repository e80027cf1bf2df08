import type { Connection } from '../connection.ts';

export function createDomainVersion(database: Connection): (domain: string) => string {
  const version = database
    .prepare<[domain: string], number>('SELECT version FROM domain_version WHERE policy_domain = ?')
    .pluck();
  // A domain below this one may have got reports of its own.
  const domains = database.prepare<[], number>('SELECT max(id) FROM policy_domain').pluck();
  return (domain) => `${version.get(domain) ?? 0}.${domains.get() ?? 0}`;
}
