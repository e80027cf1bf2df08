import type { AggregateReport, PolicyPublished } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import { createBoundedCache } from './bounded-cache.ts';

/** Ids of what repeats in reports; what is new gets one. */
export interface Dictionaries {
  policyDomain(name: string): number;
  reporter(orgName: string): number;
  reporterDetails(report: AggregateReport): number;
  policy(policyDomainId: number, policy: PolicyPublished): number;
  address(sourceIp: string): number;
  addressText(id: number): string;
  clear(): void;
}

const CACHED_NAMES = 10_000;
const CACHED_ADDRESSES = 50_000;

export function createDictionaries(database: Connection): Dictionaries {
  const policyDomains = words(database, 'policy_domain', 'name', CACHED_NAMES);
  const reporters = words(database, 'reporter', 'org_name', CACHED_NAMES);
  const addresses = words(database, 'address', 'source_ip', CACHED_ADDRESSES);
  const details = rows(database, 'reporter_details', [
    'email',
    'extra_contact_info',
    'generator',
    'version',
    'dialect',
  ]);
  const policies = rows(database, 'policy', [
    'policy_domain_id',
    'p',
    'sp',
    'np',
    'adkim',
    'aspf',
    'pct',
    'fo',
    'testing',
    'discovery_method',
  ]);
  const addressText = database
    .prepare<[id: number], string>('SELECT source_ip FROM address WHERE id = ?')
    .pluck();

  return {
    policyDomain: policyDomains.idOf,
    reporter: reporters.idOf,
    address: addresses.idOf,
    addressText: (id) => {
      const text = addressText.get(id);
      if (text === undefined) throw new Error(`Address ${id} is not in the store.`);
      return text;
    },
    reporterDetails: ({ metadata, version, dialect }) =>
      details.idOf([
        metadata.email,
        metadata.extraContactInfo,
        metadata.generator,
        version,
        dialect,
      ]),
    policy: (policyDomainId, policy) =>
      policies.idOf([
        policyDomainId,
        policy.p,
        policy.sp,
        policy.np,
        policy.adkim,
        policy.aspf,
        policy.pct,
        policy.fo,
        policy.testing === null ? null : Number(policy.testing),
        policy.discoveryMethod,
      ]),
    clear: () => {
      for (const dictionary of [policyDomains, reporters, addresses, details, policies]) {
        dictionary.clear();
      }
    },
  };
}

type Value = string | number | null;

/** A table of one text column. */
function words(database: Connection, table: string, column: string, limit: number) {
  const cache = createBoundedCache<string, number>(limit);
  const find = database
    .prepare<[string], number>(`SELECT id FROM ${table} WHERE ${column} = ?`)
    .pluck();
  const insert = database.prepare<[string]>(`INSERT INTO ${table} (${column}) VALUES (?)`);
  return {
    idOf: (word: string): number => {
      const known = cache.get(word);
      if (known !== undefined) return known;
      const id = find.get(word) ?? Number(insert.run(word).lastInsertRowid);
      cache.set(word, id);
      return id;
    },
    clear: cache.clear,
  };
}

/** A table of several columns that may be null. */
function rows(database: Connection, table: string, columns: readonly string[]) {
  const cache = createBoundedCache<string, number>(CACHED_NAMES);
  const same = columns.map((column) => `${column} IS ?`).join(' AND ');
  const places = columns.map(() => '?').join(', ');
  const find = database.prepare<Value[], number>(`SELECT id FROM ${table} WHERE ${same}`).pluck();
  const insert = database.prepare<Value[]>(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
  );
  return {
    idOf: (values: Value[]): number => {
      const key = JSON.stringify(values);
      const known = cache.get(key);
      if (known !== undefined) return known;
      const id = find.get(...values) ?? Number(insert.run(...values).lastInsertRowid);
      cache.set(key, id);
      return id;
    },
    clear: cache.clear,
  };
}
