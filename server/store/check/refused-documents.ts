import type { KeptBytes } from '../../../ingest/document.ts';
import type { Connection } from '../connection.ts';
import { storeFiles } from '../store-files.ts';
import { guarded } from '../store-problem.ts';
import { openForChecking } from './check-connection.ts';

/** A document that could not be read, or a message that was set aside whole or never answered. */
export interface RefusedDocument {
  messageId: number;
  mailboxId: number;
  /** A message of an import has no mailbox to be fetched from again. */
  isFile: boolean;
  /** The mailbox was removed. */
  isGone: boolean;
  /** Its folder numbers its mail anew since, and was looked at as a whole then. */
  isRenumbered: boolean;
  uid: number;
  /** Of a file; else ''. */
  fileName: string;
  /** null: nothing of the message was decided. */
  document: {
    position: number;
    part: string;
    name: string;
    reason: string;
    /** '' where nothing was kept. */
    contentSha256: string;
    kept: () => KeptBytes | null;
  } | null;
}

interface Row {
  messageId: number;
  mailboxId: number;
  origin: string;
  removed: 0 | 1;
  renumbered: 0 | 1;
  uid: number;
  fileName: string;
  position: number | null;
  part: string;
  name: string;
  reason: string;
  contentSha256: Buffer | null;
}

const COLUMNS = /* sql */ `
  m.id AS messageId, m.mailbox_id AS mailboxId, b.origin, b.removed,
  m.uid_validity IS NOT p.uid_validity AS renumbered, m.uid, m.name AS fileName,
  c.position, ifnull(c.part, '') AS part, ifnull(c.name, '') AS name,
  ifnull(c.reason, '') AS reason, c.content_sha256 AS contentSha256
`;
const JOINED = /* sql */ `
  JOIN mailbox AS b ON b.id = m.mailbox_id
  LEFT JOIN folder_progress AS p ON p.mailbox_id = m.mailbox_id
  LEFT JOIN document AS c ON c.message_id = m.id AND c.outcome = 'refused'
  WHERE c.position IS NOT NULL OR m.state IN ('set-aside', 'unresolved')
  ORDER BY m.id, c.position
`;

/** Of every message, or of these. */
type ListRefused = (messageIds: readonly number[] | null) => RefusedDocument[];

/** Over a connection of its own, beside whoever writes. @throws StoreProblem */
export function openRefusedDocuments(dataDir: string): { list: ListRefused; close: () => void } {
  const database = guarded(() => openForChecking(storeFiles(dataDir).database));
  const list = createRefusedDocuments(database);
  return { list: (ids) => guarded(() => list(ids)), close: () => void database.close() };
}

function createRefusedDocuments(database: Connection): ListRefused {
  const all = database.prepare<[], Row>(`SELECT ${COLUMNS} FROM message AS m ${JOINED}`);
  const some = database.prepare<[ids: string], Row>(/* sql */ `
    SELECT ${COLUMNS} FROM json_each(?) AS j CROSS JOIN message AS m ON m.id = j.value ${JOINED}
  `);
  const kept = database.prepare<[contentSha256: Buffer], KeptBytes>(/* sql */ `
    SELECT encoding, bytes, inflated_bytes AS inflatedBytes FROM kept WHERE content_sha256 = ?
  `);
  const keptOf = (contentSha256: Buffer | null): KeptBytes | null =>
    contentSha256 === null ? null : (kept.get(contentSha256) ?? null);

  return (messageIds) =>
    (messageIds === null ? all.all() : some.all(JSON.stringify(messageIds))).map(
      ({ origin, removed, renumbered, position, part, name, reason, contentSha256, ...row }) => ({
        ...row,
        isFile: origin === 'files',
        isGone: removed === 1,
        isRenumbered: renumbered === 1,
        document:
          position === null
            ? null
            : {
                ...{ position, part, name, reason },
                contentSha256: contentSha256?.toString('hex') ?? '',
                kept: () => keptOf(contentSha256),
              },
      }),
    );
}
