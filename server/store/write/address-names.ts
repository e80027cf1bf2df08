import type { Connection } from '../connection.ts';
import type { ServiceSign, SourceNaming } from '../store.ts';
import type { KnownFacts } from './address-facts.ts';
import { type AddressName, type CountedSign, createAddressNameRows } from './address-name-rows.ts';
import { createBoundedCache } from './bounded-cache.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { ProfileEntry } from './profile-dictionary.ts';
import type { Share } from './shares.ts';
import { createSourceDictionary } from './source-dictionary.ts';

/** Messages of one address for one domain, as they come and go. */
export interface Cell extends Share {
  profile: ProfileEntry;
}

/** Before and after, as row ids of `source`; `before` is null for a new address. */
export interface Renaming {
  before: number | null;
  after: number;
  /** Source or evidence differ from before. */
  changed: boolean;
}

export interface AddressNames {
  /** Adds the cells to the signs of an address, and decides its name anew where they changed. */
  update(policyDomainId: number, addressId: number, cells: readonly Cell[]): Renaming;
  /** Decides the name of a known address anew. */
  decideAgain(policyDomainId: number, addressId: number): Renaming;
  clear(): void;
}

const CACHED_DOMAINS = 1_000;
/** Of one domain. */
const CACHED_ADDRESSES = 5_000;

/**
 * The name of an address is a function of its sums of signs and of what DNS has told, so no order of
 * arrival changes it.
 */
export function createAddressNames(
  database: Connection,
  naming: SourceNaming,
  dictionaries: Dictionaries,
  facts: KnownFacts,
): AddressNames {
  const cache = createBoundedCache<number, Map<number, AddressName>>(CACHED_DOMAINS);
  const rows = createAddressNameRows(database);
  const sources = createSourceDictionary(database);

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

  const decide = (domainId: number, addressId: number, name: AddressName): Renaming => {
    const sourceIp = dictionaries.addressText(addressId);
    const found = naming.nameOf(sourceIp, name.signs, facts.of(domainId, addressId, sourceIp));
    const before = name.sourceRow;
    const after = sources.idOf(found);
    const signMessages = name.signs.reduce((sum, { messages }) => sum + messages, 0);
    const same =
      before === after && name.evidence === found.evidence && name.signMessages === signMessages;
    if (!same) {
      Object.assign(name, { sourceRow: after, evidence: found.evidence, signMessages });
      rows.write(domainId, addressId, name);
    }
    return { before, after, changed: !same };
  };

  return {
    update: (domainId, addressId, cells) => {
      const name = remember(domainId, addressId);
      const signsChanged = addSigns(name, cells, (sign) =>
        rows.writeSign(domainId, addressId, sign),
      );
      if (name.sourceRow !== null && !signsChanged) {
        return { before: name.sourceRow, after: name.sourceRow, changed: false };
      }
      return decide(domainId, addressId, name);
    },
    decideAgain: (domainId, addressId) =>
      decide(domainId, addressId, remember(domainId, addressId)),
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
