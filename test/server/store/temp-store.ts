import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { ReadDocument } from '../../../ingest/document.ts';
import type { DecidedDocument } from '../../../ingest/ledger.ts';
import { openReader, openWriter } from '../../../server/store/open.ts';
import type {
  SourceKind,
  SourceName,
  SourceNaming,
  StoreReader,
  StoreWriter,
} from '../../../server/store/store.ts';
import { aMessage } from './a-report.ts';

export const migrationsDir = path.resolve(import.meta.dirname, '../../../migrations');

/**
 * A naming that needs no data: a host or a network of the domain, the service with most messages by
 * SPF, a confirmed name, else the block.
 */
export const testNaming: SourceNaming = {
  signsOf: ({ dkim, spf }) => [
    ...spf.flatMap(({ domain }) => serviceOf(domain, 'spf')),
    ...dkim.flatMap(({ domain }) => serviceOf(domain, 'dkim')),
  ],
  nameOf: (sourceIp, signs, { policyDomain, spf, ownHost, pointer }) => {
    const [best] = signs
      .filter(({ by }) => by === 'spf')
      .sort((a, b) => b.messages - a.messages || (a.service < b.service ? -1 : 1));
    const block = `${sourceIp.split('.').slice(0, 3).join('.')}.0/24`;
    const evidence = signs.map((sign) => `${sign.by} ${sign.service} ${sign.messages}`).join(', ');
    const named = (kind: SourceKind, id: string, name: string, why: string): SourceName => ({
      ...{ id: `${id}:${name}`, name, kind, evidence: why },
    });
    if (ownHost || spf?.include === null)
      return named('own-network', 'spf', policyDomain, spf?.network ?? 'host');
    if (spf !== null) return named('spf', 'spf', spf.include, spf.network);
    if (best !== undefined) return named('service', 'service', best.service, evidence);
    if (pointer?.confirmed === true) return named('ptr', 'ptr', pointer.name, pointer.name);
    return named('block', 'net', block, evidence || 'nothing');
  },
};

function serviceOf(domain: string | null, by: 'spf' | 'dkim') {
  const service = /^(?:.+\.)?([a-z]+)\.service\.example$/.exec(domain ?? '')?.[1];
  return service === undefined ? [] : [{ service, by }];
}

export interface TempStore {
  dataDir: string;
  mailboxId: number;
  writer: StoreWriter;
  reader: StoreReader;
  /** Commits each document as a message of its own. */
  store: (...documents: ReadDocument[]) => Promise<DecidedDocument[]>;
  /** What lies in the file, past the interface. */
  query: <T>(sql: string) => T[];
  /** Changes what lies in the file, past the interface. */
  run: (sql: string) => void;
}

export function tempDir(): string {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ruadmap-store-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** A real store in a directory of its own, closed and removed when the test is over. */
export async function openTempStore(naming: SourceNaming = testNaming): Promise<TempStore> {
  const dataDir = tempDir();
  const writer = openWriter({ dataDir, migrationsDir, naming });
  const reader = openReader({ dataDir });
  onTestFinished(async () => {
    await reader.close();
    await writer.close();
  });
  const mailbox = { user: 'me@example.org', host: 'imap.example.org', folder: 'INBOX' };
  const { id: mailboxId } = await writer.ensureMailbox('environment', {
    ...mailbox,
    port: 993,
    security: 'tls',
  });
  let uid = 0;
  return {
    dataDir,
    mailboxId,
    writer,
    reader,
    store: async (...documents) => {
      const batch = documents.map((document) => aMessage({ mailboxId, uid: ++uid }, document));
      return (await writer.commit(batch, 1_773_000_000)).flat();
    },
    query: <T>(sql: string) => {
      const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
      try {
        return database.prepare<[], T>(sql).all();
      } finally {
        database.close();
      }
    },
    run: (sql: string) => {
      const database = new Database(path.join(dataDir, 'ruadmap.db'));
      try {
        database.exec(sql);
      } finally {
        database.close();
      }
    },
  };
}
