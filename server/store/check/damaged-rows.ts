import { type Connection, findingOf } from '../connection.ts';
import { profileHash } from '../profile-hash.ts';
import { addressNameCrc, documentCrc, messageCrc, sourceCrc } from '../row-crc.ts';
import type { Finding } from './ledger-rules.ts';

interface CheckedTable<Row extends { crc: number }> {
  damaged: string;
  /** Rows that carry a check, in the order of `key`, which names one of them in the finding. */
  sql: string;
  crcOf: (row: Row) => number;
}

const table = <Row extends { crc: number }>(checked: CheckedTable<Row>) => checked;

const profiles = table<{ crc: number; body: string }>({
  damaged: 'profiles are not what was written',
  sql: 'SELECT id AS key, hash AS crc, body FROM profile',
  crcOf: ({ body }) => profileHash(body),
});

const messages = table<{ crc: number; sizeBytes: number; headerBlock: Buffer | null }>({
  damaged: 'messages of the ledger are not what was written',
  sql: /* sql */ `
    SELECT id AS key, crc, size_bytes AS sizeBytes, header_block AS headerBlock
    FROM message WHERE crc IS NOT NULL`,
  crcOf: ({ sizeBytes, headerBlock }) => messageCrc(sizeBytes, headerBlock),
});

const documents = table<{ crc: number } & Parameters<typeof documentCrc>[0]>({
  damaged: 'documents of the ledger are not what was written',
  sql: /* sql */ `
    SELECT message_id || ' ' || position AS key, crc, part, name, reason, detail,
           content_sha256 AS contentSha256
    FROM document WHERE crc IS NOT NULL`,
  crcOf: documentCrc,
});

const sources = table<{ crc: number } & Parameters<typeof sourceCrc>[0]>({
  damaged: 'sources are not what was written',
  sql: /* sql */ `
    SELECT id AS key, crc, source_id AS id, name, kind FROM source WHERE crc IS NOT NULL`,
  crcOf: sourceCrc,
});

const addressNames = table<{ crc: number } & Parameters<typeof addressNameCrc>[0]>({
  damaged: 'names of addresses are not what was written',
  sql: /* sql */ `
    SELECT policy_domain_id || ' ' || address_id AS key, crc, source_id AS sourceRow,
           sign_messages AS signMessages, evidence
    FROM address_name WHERE crc IS NOT NULL`,
  crcOf: addressNameCrc,
});

const EXAMPLES = 5;

function damagedIn<Row extends { crc: number }>(
  database: Connection,
  { damaged, sql, crcOf }: CheckedTable<Row>,
): Finding[] {
  const rows = database.prepare<[], Row & { key: number | string }>(sql);
  let count = 0;
  const examples: string[] = [];
  for (const row of rows.iterate()) {
    if (row.crc === crcOf(row)) continue;
    count += 1;
    if (examples.length < EXAMPLES) examples.push(String(row.key));
  }
  return count === 0 ? [] : [{ what: damaged, count, examples }];
}

/** Indexes that disagree with their tables, and rows whose bytes are not those that were written. */
export function damagedRows(database: Connection): Finding[] {
  const found = findingOf(database, 'integrity_check(1)');
  return [
    ...(found === null ? [] : [{ what: 'the database is damaged', count: 1, examples: [found] }]),
    ...damagedIn(database, profiles),
    ...damagedIn(database, messages),
    ...damagedIn(database, documents),
    ...damagedIn(database, sources),
    ...damagedIn(database, addressNames),
  ];
}
