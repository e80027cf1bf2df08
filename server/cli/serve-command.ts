import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../api/app.ts';
import type { IngestPort } from '../api/ports.ts';
import { leftUploads } from '../api/spool.ts';
import { clockProblem } from '../clock.ts';
import { anotherOwner, ensureDataDir, own } from '../data-dir.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import { asNameOf } from '../as-names.ts';
import { keepDns } from '../dns-keeper.ts';
import { createIngestPort } from '../ingest-port.ts';
import { type IngestSupervisor, superviseIngest } from '../ingest-supervisor.ts';
import { createInsight } from '../insight/open-insight.ts';
import { checkStore } from '../open-ingest.ts';
import { listenForJobs } from '../owner-socket.ts';
import type { ProgramFiles } from '../program-files.ts';
import { pageFindings } from '../page-findings.ts';
import { openKey, seal, type SecretKey } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { openReader, openSettings } from '../store/open.ts';
import { createVerifyRunner } from '../verify-runner.ts';
import { wordsPort } from '../words-port.ts';

export interface ServeOptions {
  files: ProgramFiles;
  settings: Settings;
  /** What in them is hardly meant. */
  warnings?: readonly string[];
  demo: boolean;
  nowSeconds: () => number;
}

/** `ruadmap`: the page, the API and the poller, until SIGINT, SIGTERM or SIGHUP. */
export async function serveCommand(options: ServeOptions): Promise<void> {
  const { files, settings } = options;
  // From the first moment on: a signal during the start ends it as well.
  const stopped = signalled();
  const dataDir = ensureDataDir(settings.dataDir);
  const { lock, ownerPid } = own(dataDir);
  if (lock === null) throw anotherOwner(dataDir, ownerPid);
  checkStore(files, dataDir);
  const key = openKey(dataDir, settings.keyFile);
  if (!key.ok) throw new CommandEnd(exitStatus.setUp, key.problem.message);

  const supervisor = superviseIngest(files.ingestEntry, { ...settings, dataDir });
  try {
    await servePage(options, dataDir, key.value, supervisor, stopped);
  } finally {
    // Also where the page could not begin: a reader left behind would keep the process alive.
    await supervisor.stop();
    lock.release();
  }
}

async function servePage(
  { files, settings, warnings = [], demo, nowSeconds }: ServeOptions,
  dataDir: string,
  key: SecretKey,
  supervisor: IngestSupervisor,
  stopped: Promise<void>,
): Promise<void> {
  const log = pino({ level: settings.logLevel }, pino.destination(2));
  const store = openSettings({ dataDir });
  const reader = openReader({ dataDir });
  const dns = keepDns({
    reader,
    settings: store,
    resolver: demo || settings.resolver === 'off' ? null : settings.resolver,
    nowSeconds,
    onLearnt: (domain) => void supervisor.run({ kind: 'rename', domain }, () => undefined),
    onFailed: (error) => log.error({ error }, 'a round of DNS questions failed'),
  });
  const verifier = createVerifyRunner(files.commandEntry, dataDir, nowSeconds);
  const spoolDir = path.join(dataDir, 'spool');
  mkdirSync(spoolDir, { recursive: true, mode: 0o700 });
  const ingest = watchClock(createIngestPort(supervisor), () =>
    clockProblem(nowSeconds(), files.builtSeconds),
  );
  const clock = clockProblem(nowSeconds(), files.builtSeconds);
  for (const warning of [...warnings, ...(clock === null ? [] : [clock])]) log.warn(warning);
  const app = await buildApp({
    reader,
    insight: createInsight({ reader, nowSeconds, asName: asNameOf(files) }),
    words: wordsPort(store, dns),
    ingest,
    mailboxes: {
      save: ({ password, caPem, after, ...address }) =>
        store.saveMailbox(address, seal(key, password), caPem ?? null, after),
      saveAfter: (id, after) => store.saveAfter(id, after),
      remove: (id) => store.removeMailbox(id),
    },
    upkeep: {
      keepDays: settings.keep,
      verify: () => verifier.begin(),
      verifying: () => verifier.state(),
      toDo: () => pageFindings({ ...settings, ...files, reader, dataDir, nowSeconds }),
    },
    webDir: files.webDir,
    spoolDir,
    version: files.version,
    demo,
    now: nowSeconds,
    log,
  });
  const jobs = await listenForJobs(dataDir, (job, onProgress) => supervisor.run(job, onProgress));
  const stop = async (): Promise<void> => {
    jobs.close();
    verifier.stop();
    await Promise.all([app.close(), dns.stop()]);
    await supervisor.stop();
    await reader.close();
  };
  try {
    await app.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    await stop();
    throw listenProblem(error as NodeJS.ErrnoException, settings.port);
  }
  for (const left of await leftUploads(spoolDir)) ingest.importSpooled(left.path, left.name);
  process.stdout.write(`Ruadmap ${files.version} is at ${pageAddress(settings, app)}\n`);
  await stopped;
  await stop();
}

/** A wrong clock is told on the page for as long as it is wrong. */
const watchClock = (ingest: IngestPort, problem: () => string | null): IngestPort => ({
  ...ingest,
  attention: () => [...[problem()].filter((found) => found !== null), ...ingest.attention()],
});

function pageAddress(settings: Settings, app: { server: { address(): unknown } }): string {
  const bound = app.server.address() as { port: number } | null;
  const host = settings.host === '::1' ? '[::1]' : settings.host;
  return `http://${host}:${bound?.port ?? settings.port}/`;
}

function listenProblem(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const why =
    error.code === 'EADDRINUSE'
      ? 'is in use, perhaps by a Ruadmap that runs already'
      : 'may not be used by this user';
  return new CommandEnd(
    exitStatus.setUp,
    `Port ${port} ${why}. Name another one: ruadmap --port ${port === 65_535 ? 7489 : port + 1}`,
  );
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve());
  });
}
