import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyBaseLogger, InjectOptions, LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import type { DecidedDocument } from '../../../ingest/ledger.ts';
import type { ReadDocument } from '../../../ingest/document.ts';
import { createNaming } from '../../../server/analysis/naming.ts';
import type { Api } from '../../../server/api/api-type.ts';
import { buildApp } from '../../../server/api/app.ts';
import type { MailboxForm, MailboxTestResponse } from '../../../server/api/contract.ts';
import type { HttpLimits } from '../../../server/api/http-limits.ts';
import type { IngestPort, ServerEvent, UpkeepPort } from '../../../server/api/ports.ts';
import type { Insight } from '../../../server/insight/insight.ts';
import { openKey, seal, unseal } from '../../../server/secrets.ts';
import { openReader, openSettings, openWriter, prepareStore } from '../../../server/store/open.ts';
import type { StoreReader, StoreWriter } from '../../../server/store/store.ts';
import { anInsight } from './insight/an-insight.ts';

/** Noon of 23 Nov 2026, UTC. */
export const NOW_SECONDS = Date.UTC(2026, 10, 23, 12) / 1000;
export const OWN_HOST = '127.0.0.1:7489';
const MIGRATIONS = path.resolve(import.meta.dirname, '../../../migrations');

/** The other side of the process boundary: writes down what it is told. */
export interface RecordingIngest extends IngestPort {
  calls: unknown[][];
  tell(event: ServerEvent): void;
  listeners(): number;
}

export interface TestApp {
  app: Api;
  writer: StoreWriter;
  reader: StoreReader;
  ingest: RecordingIngest;
  spoolDir: string;
  /** Asks as a program on this machine does. */
  ask: (url: string, options?: Omit<InjectOptions, 'url'>) => Promise<LightMyRequestResponse>;
  /** Decides one message that holds these documents. */
  receive: (...documents: ReadDocument[]) => Promise<DecidedDocument[]>;
  /** Password of a saved mailbox, unsealed. */
  passwordOf: (mailboxId: number) => Promise<string | null>;
}

export interface TestAppOptions {
  limits?: Partial<HttpLimits>;
  /** Files of the page, by name; null: not built. */
  page?: Record<string, string> | null;
  /** The page as it was built, instead. */
  webDir?: string;
  test?: (form: MailboxForm) => Promise<MailboxTestResponse>;
  attention?: string[];
  retry?: (messageId: number) => Awaited<ReturnType<IngestPort['retry']>>;
  verifying?: ReturnType<UpkeepPort['verifying']>;
  toDo?: Awaited<ReturnType<UpkeepPort['toDo']>>;
  log?: FastifyBaseLogger;
  /** Other than that of `anInsight`. */
  insight?: Partial<Insight>;
  /** Takes the place of parts of the store's reader, to see what a failure does. */
  reader?: (reader: StoreReader) => StoreReader;
}

/** The real app over a real store in a folder of its own; all of it ends with the test. */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ruadmap-api-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const dataDir = path.join(folder, 'data');
  mkdirSync(dataDir);
  const prepared = prepareStore(dataDir, MIGRATIONS);
  if (!prepared.ok) throw new Error(prepared.problem.detail);
  const key = openKey(dataDir, null);
  if (!key.ok) throw new Error(key.problem.message);

  const naming = createNaming(() => null);
  const writer = openWriter({ dataDir, migrationsDir: MIGRATIONS, naming });
  const reader = openReader({ dataDir });
  const settings = openSettings({ dataDir });
  const ingest = recordingIngest(options);
  const spoolDir = path.join(dataDir, 'spool');
  const app = await buildApp({
    reader: options.reader?.(reader) ?? reader,
    insight: { ...anInsight(), ...options.insight },
    words: {
      ...settings,
      checkDns: async (domain) => void ingest.calls.push(['checkDns', domain]),
    },
    ingest,
    mailboxes: {
      save: ({ password, caPem, after, ...address }) =>
        settings.saveMailbox(address, seal(key.value, password), caPem ?? null, after),
      saveAfter: (id, after) => settings.saveAfter(id, after),
      remove: (id) => settings.removeMailbox(id),
    },
    upkeep: {
      keepDays: { xml: 730, refused: 180, otherMail: null },
      verify: () => ingest.calls.push(['verify']) === 1,
      verifying: () => options.verifying ?? { sinceSeconds: null, failed: null },
      toDo: async () => options.toDo ?? [],
    },
    webDir: options.webDir ?? (options.page ? writePage(folder, options.page) : null),
    spoolDir,
    version: '1.2.3',
    demo: false,
    now: () => NOW_SECONDS,
    log: options.log ?? false,
    limits: options.limits ?? {},
  });
  onTestFinished(async () => {
    await app.close();
    await writer.close();
    await settings.close();
    await reader.close();
  });

  let uid = 0;
  return {
    app,
    writer,
    reader,
    ingest,
    spoolDir,
    ask: (url, rest = {}) =>
      app.inject({ ...rest, url, headers: { host: OWN_HOST, ...rest.headers } }),
    receive: async (...documents) => {
      const { id: mailboxId } = await writer.ensureMailbox('environment', {
        user: 'postmaster@example.org',
        host: 'imap.example.org',
        port: 993,
        security: 'tls',
        folder: 'INBOX',
      });
      uid += 1;
      const key = { mailboxId, uidValidity: '1', uid, name: '' };
      await writer.beginAttempts([key], NOW_SECONDS);
      const message = {
        key,
        sizeBytes: 1_000,
        headerBlock: Buffer.from('Subject: report\r\n\r\n'),
        documents: documents.map((document, position) => ({ ...document, position })),
      };
      const [decided] = await writer.commit([message], NOW_SECONDS);
      return decided ?? [];
    },
    passwordOf: async (mailboxId) => {
      const mailbox = (await reader.mailboxes()).find(({ id }) => id === mailboxId);
      return mailbox?.secret ? unseal(key.value, mailbox.secret) : null;
    },
  };
}

/** Opens a port of 127.0.0.1 for tests that need real connections. */
export async function listen(app: Api): Promise<{ port: number; origin: string }> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { port, origin: `http://127.0.0.1:${port}` };
}

function recordingIngest(options: TestAppOptions): RecordingIngest {
  const listeners = new Set<(event: ServerEvent) => void>();
  const calls: unknown[][] = [];
  return {
    calls,
    state: () => ({ state: 'running', restarts: 0 }),
    mailboxStatus: () => null,
    pollNow: (id) => calls.push(['pollNow', id]),
    importSpooled: (file, name) => {
      calls.push(['importSpooled', file, name]);
      return `import-${calls.length}`;
    },
    test: async (form) => {
      calls.push(['test', form]);
      if (options.test) return options.test(form);
      const found = { messages: 3, lookedAt: 3, reportLike: 2, folders: ['INBOX'] };
      return { ok: true, ...found, afterProblem: null };
    },
    retry: async (messageId) => {
      calls.push(['retry', messageId]);
      return options.retry === undefined ? [] : options.retry(messageId);
    },
    reloadMailboxes: () => calls.push(['reloadMailboxes']),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attention: () => options.attention ?? [],
    tell: (event) => listeners.forEach((listener) => listener(event)),
    listeners: () => listeners.size,
  };
}

function writePage(folder: string, page: Record<string, string>): string {
  const webDir = path.join(folder, 'web');
  for (const [name, text] of Object.entries(page)) {
    mkdirSync(path.dirname(path.join(webDir, name)), { recursive: true });
    writeFileSync(path.join(webDir, name), text);
  }
  return webDir;
}
