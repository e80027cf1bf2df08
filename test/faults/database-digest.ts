import { createHash } from 'node:crypto';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { contentsOf } from '../server/store/digest.ts';

/**
 * What of the ledger knows no order. Which of two equal documents came first and was 'stored' depends
 * on their order: a document tells only which report it brought, and the outcomes are counted by
 * report. Which mailbox and place a message lay at is left out, and so are times and attempts.
 */
const LEDGER: Record<string, string> = {
  message: /* sql */ `
    SELECT m.state, m.size_bytes, hex(m.header_block), (
      SELECT json_group_array(json_array(
        v.position, v.part, v.name, iif(v.report_id IS NULL, v.outcome, 'report'), v.reason,
        v.detail, hex(v.content_sha256), hex(r.identity), hex(r.content_sha256), v.records,
        v.refused_rows, v.messages
      ) ORDER BY v.position)
      FROM document AS v LEFT JOIN report AS r ON r.id = v.report_id WHERE v.message_id = m.id
    )
    FROM message AS m`,
  arrivals: /* sql */ `
    SELECT hex(r.identity), v.outcome, count(*)
    FROM document AS v JOIN report AS r ON r.id = v.report_id GROUP BY r.identity, v.outcome`,
};

/** What the parts by name pass over: the sums of all reporters, and what a row stands for. */
const SUMS: Record<string, string> = {
  address_day_sum: /* sql */ `
    SELECT d.name, i.source_ip, b.day, f.body, b.timed, b.messages
    FROM address_day AS b
    JOIN policy_domain AS d ON d.id = b.policy_domain_id
    JOIN address AS i ON i.id = b.address_id
    JOIN profile AS f ON f.id = b.shape_id`,
  policy: /* sql */ `
    SELECT d.name, p.p, p.sp, p.np, p.adkim, p.aspf, p.pct, p.fo, p.testing, p.discovery_method
    FROM policy AS p JOIN policy_domain AS d ON d.id = p.policy_domain_id`,
  profile: /* sql */ `
    SELECT f.hash, f.facet, f.body, s.body FROM profile AS f
    LEFT JOIN profile AS s ON s.id = f.shape_id`,
};

/** What the user said and what DNS told. */
const KNOWN: Record<string, string> = {
  source_class: 'SELECT * FROM source_class',
  source_fixed: 'SELECT * FROM source_fixed',
  source_rhythm: 'SELECT * FROM source_rhythm',
  waiver: 'SELECT * FROM waiver',
  domain_word: 'SELECT * FROM domain_word',
  note: 'SELECT policy_domain, day, text, written_by, written_seconds FROM note',
  dns_snapshot: 'SELECT * FROM dns_snapshot',
  domain_network: 'SELECT * FROM domain_network',
  pointer: /* sql */ `
    SELECT i.source_ip, p.name, p.confirmed FROM pointer AS p JOIN address AS i ON i.id = p.address_id`,
};

interface KeptRow {
  contentSha256: string;
  encoding: 'deflate-raw' | 'identity';
  inflatedBytes: number;
  bytes: Buffer;
}

/**
 * The logical content of a data directory's database, part by part, as sorted texts: reports, records
 * with their profiles, roll-ups, names, ledger, kept bytes, words of the user and of DNS; without row
 * ids, times of reading and the order in which mails came.
 * @throws Error where kept bytes are not what their hash says.
 */
export function databaseContents(dataDir: string): Record<string, string[]> {
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  const textsOf = (sql: string): string[] =>
    database
      .prepare(sql)
      .raw()
      .all()
      .map((row) => JSON.stringify(row))
      .sort();
  try {
    const more = Object.entries({ ...SUMS, ...LEDGER, ...KNOWN });
    const kept = database.prepare<[], KeptRow>(/* sql */ `
      SELECT hex(content_sha256) AS contentSha256, encoding, inflated_bytes AS inflatedBytes, bytes
      FROM kept ORDER BY contentSha256
    `);
    return {
      ...contentsOf(dataDir),
      ...Object.fromEntries(more.map(([part, sql]) => [part, textsOf(sql)])),
      // The same document may come in any packing, and is kept in that of the first.
      kept: Array.from(kept.iterate(), checkedHash),
    };
  } finally {
    database.close();
  }
}

function checkedHash({ contentSha256, encoding, inflatedBytes, bytes }: KeptRow): string {
  const content = encoding === 'identity' ? bytes : inflateRawSync(bytes);
  const hashes = [content, withoutByteOrderMark(content)].map((each) =>
    createHash('sha256').update(each).digest('hex').toUpperCase(),
  );
  if (content.length !== inflatedBytes || !hashes.includes(contentSha256)) {
    throw new Error(`The bytes kept under ${contentSha256} are others.`);
  }
  return contentSha256;
}

const withoutByteOrderMark = (content: Buffer): Buffer =>
  content.subarray(0, 3).toString('hex') === 'efbbbf' ? content.subarray(3) : content;

/** One SHA-256 over `databaseContents`: equal whenever two databases mean the same. */
export const databaseDigest = (dataDir: string): string =>
  createHash('sha256')
    .update(JSON.stringify(databaseContents(dataDir)))
    .digest('hex');
