import type { Connection } from '../connection.ts';
import type { ServiceSign, SourceName, SourceNaming } from '../store.ts';
import { createBoundedCache } from './bounded-cache.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { ProfileEntry } from './profile-dictionary.ts';

type CountedSign = ServiceSign & { messages: number };

/** Messages of one address for one domain, as they come and go. */
export interface Cell {
  day: number;
  profile: ProfileEntry;
  /** Negative where they are taken away. */
  messages: number;
}

interface AddressName {
  /** null: not in the store yet. */
  sourceRow: number | null;
  evidence: string;
  signs: CountedSign[];
}

/** Before and after, as row ids of `source`; `before` is null for a new address. */
export interface Renaming {
  before: number | null;
  after: number;
}

export interface AddressNames {
  /** Adds the cells to the sums of an address and decides its name anew. */
  update(policyDomainId: number, addressId: number, cells: readonly Cell[]): Renaming;
  clear(): void;
}

const CACHED_DOMAINS = 1_000;
/** Of one domain. */
const CACHED_ADDRESSES = 5_000;
const CACHED_SOURCES = 10_000;

/** The name of an address is a function of its sums of signs alone, so no order of arrival changes it. */
export function createAddressNames(
  database: Connection,
  naming: SourceNaming,
  dictionaries: Dictionaries,
): AddressNames {
  const cache = createBoundedCache<number, Map<number, AddressName>>(CACHED_DOMAINS);
  const rows = addressRows(database);
  const sources = createSourceDictionary(database);

  const decide = (addressId: number, name: AddressName): number => {
    const sourceName = naming.nameOf(dictionaries.addressText(addressId), name.signs);
    name.evidence = sourceName.evidence;
    return sources.idOf(sourceName);
  };

  const remember = (domainId: number, addressId: number): AddressName => {
    let names = cache.get(domainId);
    if (names === undefined) cache.set(domainId, (names = new Map<number, AddressName>()));
    let name = names.get(addressId);
    if (name === undefined) {
      if (names.size >= CACHED_ADDRESSES) names.clear();
      names.set(addressId, (name = rows.read(domainId, addressId)));
    }
    return name;
  };

  return {
    update: (domainId, addressId, cells) => {
      const name = remember(domainId, addressId);
      const before = name.sourceRow;
      const signsChanged = addSigns(name, cells, (sign) =>
        rows.writeSign(domainId, addressId, sign),
      );
      if (before !== null && !signsChanged) return { before, after: before };
      const after = decide(addressId, name);
      rows.write(domainId, addressId, after, name);
      name.sourceRow = after;
      return { before, after };
    },
    clear: () => {
      cache.clear();
      sources.clear();
    },
  };
}

/** Adds the signs of the cells to the sums, and writes each sum that changed. */
function addSigns(
  name: AddressName,
  cells: readonly Cell[],
  write: (sign: CountedSign) => void,
): boolean {
  const changed = new Set<CountedSign>();
  for (const { profile, messages } of cells) {
    for (const { service, by } of profile.signs) {
      let sum = name.signs.find((sign) => sign.service === service && sign.by === by);
      if (sum === undefined) name.signs.push((sum = { service, by, messages: 0 }));
      sum.messages += messages;
      changed.add(sum);
    }
  }
  if (changed.size === 0) return false;
  changed.forEach(write);
  name.signs = name.signs.filter((sign) => sign.messages > 0).sort(inOrder);
  return true;
}

/** A fixed order, so that the naming never sees which sign came first. */
const inOrder = (a: ServiceSign, b: ServiceSign): number =>
  a.service === b.service ? (a.by < b.by ? -1 : 1) : a.service < b.service ? -1 : 1;

function addressRows(database: Connection) {
  const find = database.prepare<
    [number, number],
    { sourceRow: number; evidence: string }
  >(/* sql */ `
    SELECT source_id AS sourceRow, evidence FROM address_name
    WHERE policy_domain_id = ? AND address_id = ?
  `);
  const signs = database.prepare<[number, number], CountedSign>(/* sql */ `
    SELECT service, by, messages FROM address_sign
    WHERE policy_domain_id = ? AND address_id = ? ORDER BY service, by
  `);
  const insert = database.prepare<[number, string, number, number]>(/* sql */ `
    INSERT INTO address_name (source_id, evidence, policy_domain_id, address_id)
    VALUES (?, ?, ?, ?)
  `);
  const update = database.prepare<[number, string, number, number]>(/* sql */ `
    UPDATE address_name SET source_id = ?, evidence = ?
    WHERE policy_domain_id = ? AND address_id = ?
  `);
  const saveSign = database.prepare<[number, number, string, string, number]>(
    'INSERT OR REPLACE INTO address_sign VALUES (?, ?, ?, ?, ?)',
  );
  const dropSign = database.prepare<[number, number, string, string]>(/* sql */ `
    DELETE FROM address_sign
    WHERE policy_domain_id = ? AND address_id = ? AND service = ? AND by = ?
  `);
  return {
    read: (domainId: number, addressId: number): AddressName => {
      const found = find.get(domainId, addressId);
      if (found === undefined) return { sourceRow: null, evidence: '', signs: [] };
      return { ...found, signs: signs.all(domainId, addressId) };
    },
    write: (domainId: number, addressId: number, sourceRow: number, name: AddressName): void => {
      const statement = name.sourceRow === null ? insert : update;
      statement.run(sourceRow, name.evidence, domainId, addressId);
    },
    writeSign: (
      domainId: number,
      addressId: number,
      { service, by, messages }: CountedSign,
    ): void => {
      if (messages === 0) dropSign.run(domainId, addressId, service, by);
      else saveSign.run(domainId, addressId, service, by, messages);
    },
  };
}

function createSourceDictionary(database: Connection) {
  const cache = createBoundedCache<string, number>(CACHED_SOURCES);
  // A service that is called otherwise since this row was made keeps its id.
  const save = database
    .prepare<[string, string, string], number>(
      /* sql */ `
      INSERT INTO source (source_id, name, kind) VALUES (?, ?, ?)
      ON CONFLICT (source_id) DO UPDATE SET name = excluded.name, kind = excluded.kind
      RETURNING id
    `,
    )
    .pluck();
  return {
    idOf: ({ id, name, kind }: SourceName): number => {
      const known = cache.get(id);
      if (known !== undefined) return known;
      const row = save.get(id, name, kind);
      if (row === undefined) throw new Error('An upsert returned no row.');
      cache.set(id, row);
      return row;
    },
    clear: cache.clear,
  };
}
