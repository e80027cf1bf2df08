import type { Connection } from '../connection.ts';
import { addressNameCrc } from '../row-crc.ts';
import type { ServiceSign } from '../store.ts';

export type CountedSign = ServiceSign & { messages: number };

export interface AddressName {
  /** null: not in the store yet. */
  sourceRow: number | null;
  evidence: string;
  /** Of all signs in sum, as it stands in the row. */
  signMessages: number;
  signs: CountedSign[];
}

/** Names of addresses, and the sums of signs that they are decided from. */
export function createAddressNameRows(database: Connection) {
  const find = database.prepare<
    [number, number],
    { sourceRow: number; evidence: string; signMessages: number }
  >(/* sql */ `
    SELECT source_id AS sourceRow, evidence, sign_messages AS signMessages FROM address_name
    WHERE policy_domain_id = ? AND address_id = ?
  `);
  const signs = database.prepare<[number, number], CountedSign>(/* sql */ `
    SELECT service, by, messages FROM address_sign
    WHERE policy_domain_id = ? AND address_id = ? ORDER BY service, by
  `);
  const save = database.prepare<[number, number, number, number, string, number]>(/* sql */ `
    INSERT INTO address_name (
      policy_domain_id, address_id, source_id, sign_messages, evidence, crc
    ) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      source_id = excluded.source_id, sign_messages = excluded.sign_messages,
      evidence = excluded.evidence, crc = excluded.crc
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
      if (found === undefined) return { sourceRow: null, evidence: '', signMessages: 0, signs: [] };
      return { ...found, signs: signs.all(domainId, addressId) };
    },
    write: (domainId: number, addressId: number, name: AddressName): void => {
      const { sourceRow, signMessages, evidence } = name;
      if (sourceRow === null) throw new Error('An address is written before it has a name.');
      const crc = addressNameCrc({ sourceRow, signMessages, evidence });
      save.run(domainId, addressId, sourceRow, signMessages, evidence, crc);
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
