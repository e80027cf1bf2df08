import type { KeptBytes, ReadDocument } from '../../../ingest/document.ts';
import { identityOf } from '../../../ingest/identity.ts';
import type { Connection } from '../connection.ts';
import { documentCrc } from '../row-crc.ts';
import type { DecidedDocument } from '../store.ts';
import type { ReportWrites } from './report-writes.ts';

/** A message in the ledger whose documents are being decided. */
export interface MessageRow {
  id: number;
  mailboxId: number;
  /** Some of its documents may have been decided before. */
  seenBefore: boolean;
}

export interface DocumentWrites {
  decide(
    message: MessageRow,
    documents: readonly ReadDocument[],
    nowSeconds: number,
  ): DecidedDocument[];
  /** The same for what one decided document holds: the first in its place, the others behind all there are. */
  decideAgain(
    message: MessageRow,
    documents: readonly ReadDocument[],
    nowSeconds: number,
  ): DecidedDocument[];
}

interface KnownDocument {
  position: number;
  contentSha256: Buffer | null;
  reportId: number | null;
}

export function createDocumentWrites(database: Connection, reports: ReportWrites): DocumentWrites {
  const rows = documentRows(database);
  const keep = keptRows(database);

  const store = (document: ReadDocument & { outcome: 'report' }, nowSeconds: number) => {
    const { report, contentSha256, kept } = document;
    const content = Buffer.from(contentSha256, 'hex');
    const identity = identityOf(report, contentSha256);
    const { isForgotten, ...stored } = reports.store(report, identity, content, nowSeconds);
    if (!isForgotten) keep.report(content, kept, nowSeconds);
    return stored;
  };

  const decideNew = (document: ReadDocument, nowSeconds: number): DecidedDocument => {
    if (document.outcome === 'report') {
      return { ...sumsOf(document), ...store(document, nowSeconds) };
    }
    const { outcome, problem, contentSha256, kept } = document;
    if (kept !== null && contentSha256 !== null) {
      keep.refused(Buffer.from(contentSha256, 'hex'), kept, nowSeconds);
    }
    return { ...sumsOf(document), outcome, reason: problem.reason, detail: problem.detail };
  };

  const decide: DocumentWrites['decide'] = (message, documents, nowSeconds) => {
    const known = message.seenBefore ? rows.known(message.id) : [];
    return documents.map((document) => {
      const before = known.find(({ position }) => position === document.position);
      if (before !== undefined && stands(before, document)) {
        return { ...sumsOf(document), outcome: 'duplicate', reportId: before.reportId };
      }
      const decided = decideNew(document, nowSeconds);
      const save = before === undefined ? rows.insert : rows.replace;
      save(message, decided, document.contentSha256);
      return decided;
    });
  };

  return {
    decide,
    decideAgain: (message, documents, nowSeconds) => {
      const last = Math.max(...rows.known(message.id).map(({ position }) => position));
      const placed = documents.map((document, index) =>
        index === 0 ? document : { ...document, position: last + index },
      );
      return decide(message, placed, nowSeconds);
    },
  };
}

/** A document that brought a report keeps its row; only another report may take its place. */
function stands(before: KnownDocument, document: ReadDocument): boolean {
  if (before.reportId === null) return false;
  if (document.outcome !== 'report') return true;
  return before.contentSha256?.toString('hex') === document.contentSha256;
}

function sumsOf(document: ReadDocument): DecidedDocument {
  const { position, part, name } = document;
  const undecided = { outcome: 'refused', reason: null, detail: null, reportId: null } as const;
  const none = { position, part, name, ...undecided, records: 0, refusedRows: 0, messages: 0 };
  if (document.outcome !== 'report') return none;
  const { rows, recordCount, refusedRowCount } = document.report;
  let messages = 0;
  for (const row of rows) messages += row.count;
  return { ...none, records: recordCount, refusedRows: refusedRowCount, messages };
}

function documentRows(database: Connection) {
  const known = database.prepare<[messageId: number], KnownDocument>(/* sql */ `
    SELECT position, content_sha256 AS contentSha256, report_id AS reportId
    FROM document WHERE message_id = ?
  `);
  const saved = (verb: 'INSERT' | 'REPLACE') => {
    const save = database.prepare<(string | number | Buffer | null)[]>(/* sql */ `
      ${verb} INTO document (
        message_id, position, mailbox_id, part, name, outcome, reason, detail,
        content_sha256, report_id, records, refused_rows, messages, crc
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    `);
    return (message: MessageRow, decided: DecidedDocument, contentHex: string | null): void => {
      const contentSha256 = contentHex === null ? null : Buffer.from(contentHex, 'hex');
      save.run(
        message.id,
        decided.position,
        message.mailboxId,
        decided.part,
        decided.name,
        decided.outcome,
        decided.reason,
        decided.detail,
        contentSha256,
        decided.reportId,
        decided.records,
        decided.refusedRows,
        decided.messages,
        documentCrc({ ...decided, contentSha256 }),
      );
    };
  };
  return {
    known: (messageId: number) => known.all(messageId),
    insert: saved('INSERT'),
    replace: saved('REPLACE'),
  };
}

/** Bytes are kept once, whoever brings them; those of refused candidates alone are listed apart. */
function keptRows(database: Connection) {
  const insert = database.prepare<[Buffer, string, number, number, Buffer]>(/* sql */ `
    INSERT INTO kept (content_sha256, encoding, inflated_bytes, kept_seconds, bytes)
    VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
  `);
  const list = database.prepare<[content: Buffer, nowSeconds: number]>(
    'INSERT INTO kept_refused (content_sha256, kept_seconds) VALUES (?, ?)',
  );
  const strike = database.prepare<[content: Buffer]>(
    'DELETE FROM kept_refused WHERE content_sha256 = ?',
  );
  /** False where they were there already. */
  const keep = (
    content: Buffer,
    { encoding, inflatedBytes, bytes }: KeptBytes,
    now: number,
  ): boolean => insert.run(content, encoding, inflatedBytes, now, bytes).changes > 0;
  return {
    report: (content: Buffer, kept: KeptBytes, nowSeconds: number): void => {
      if (!keep(content, kept, nowSeconds)) strike.run(content);
    },
    refused: (content: Buffer, kept: KeptBytes, nowSeconds: number): void => {
      if (keep(content, kept, nowSeconds)) list.run(content, nowSeconds);
    },
  };
}
