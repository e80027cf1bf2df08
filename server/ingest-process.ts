import path from 'node:path';
import { LEAVE } from '../ingest/after-choice.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { testMailbox } from '../ingest/mailbox-check.ts';
import { defaultMailboxTimes } from '../ingest/mailbox-client.ts';
import { CommandEnd, exitStatus } from './exit-status.ts';
import { importPaths } from './import-files.ts';
import {
  ALIVE_MS,
  type FromIngest,
  GAVE_UP_STATUS,
  type IngestJob,
  type IngestSettings,
  type JobProgress,
  type JobResult,
  type ToIngest,
} from './ingest-messages.ts';
import { forgetJob, reparseJob, retryJob, toFetch } from './keeping-jobs.ts';
import { configuredMailboxes, environmentMailbox } from './mailbox-access.ts';
import { ignoreClosedOutput } from './closed-output.ts';
import { endOnFault } from './last-words.ts';
import { createMailboxKeeper } from './mailbox-keeper.ts';
import { type Ingest, openIngest } from './open-ingest.ts';
import { patiently } from './patient-writer.ts';
import { programFiles } from './program-files.ts';
import { emptyCounts } from './run-summary.ts';
import { letGoDaily } from './retention.ts';
import { openKey } from './secrets.ts';
import { openReader } from './store/open.ts';

/**
 * The first file of the ingest process: IMAP, unpacking, parsing, storing. It alone writes report
 * tables. It takes its orders from the page's process, and dies with it.
 */
const files = programFiles(path.resolve(import.meta.dirname, '../..'));
const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const say = (message: FromIngest): void => {
  if (process.connected) process.send?.(message);
};

/** A database that is removed is noticed this soon, also when nothing is to be written. */
const LOOK_AT_PLACE_MS = 10_000;

function openEverything(settings: IngestSettings) {
  const opened = openIngest(files, settings.dataDir);
  const patience = patiently(opened.writer, { onPause });
  const ingest: Ingest = { ...opened, writer: patience.writer };
  const reader = openReader({ dataDir: settings.dataDir });
  const key = openKey(settings.dataDir, settings.keyFile);
  if (!key.ok) throw new CommandEnd(exitStatus.setUp, key.problem.message);
  const keeper = createMailboxKeeper({
    ...ingest,
    nowSeconds,
    pollSeconds: settings.pollSeconds,
    random: Math.random,
    onState: (id, status) => say({ kind: 'mailbox', id, status }),
    onStored: (reports) => say({ kind: 'stored', reports }),
    onFailed: giveUp,
  });
  const retention = new AbortController();
  return { settings, ingest, reader, key: key.value, keeper, patience, retention };
}

const onPause = (problem: string | null): void => {
  const message = problem === null ? null : `Reading has paused, and goes on by itself: ${problem}`;
  say({ kind: 'attention', message });
  process.stderr.write(`ruadmap: ${message ?? 'reading goes on'}\n`);
};

async function watchPlace({ writer }: Ingest): Promise<void> {
  while (process.connected) {
    await writer.checkPlace();
    await sleep(LOOK_AT_PLACE_MS, null, { ref: false });
  }
}

type Open = ReturnType<typeof openEverything>;

const reload = async ({ settings, ingest, reader, key, keeper }: Open): Promise<void> =>
  keeper.set(await configuredMailboxes({ ...ingest, reader }, settings.mailbox, key));

async function doJob(open: Open, id: string, job: IngestJob): Promise<void> {
  const onProgress = (progress: JobProgress): void => say({ kind: 'progress', id, progress });
  try {
    const result = await work(open, job, onProgress);
    say({ kind: 'finished', id, end: { ok: true, ...result } });
    if (result.counts.stored > 0) say({ kind: 'stored', reports: result.counts.stored });
  } catch (error) {
    say({ kind: 'finished', id, end: { ok: false, message: (error as Error).message } });
  }
}

async function work(
  { settings, ingest, keeper }: Open,
  job: IngestJob,
  onProgress: (progress: JobProgress) => void,
): Promise<JobResult> {
  if (job.kind === 'rename') {
    await ingest.writer.renameAddresses(job.domain);
    return { counts: emptyCounts(), failures: [] };
  }
  if (job.kind === 'poll') {
    const asked = await environmentMailbox(ingest.writer, job.mailbox);
    return keeper.pollAll(asked, onProgress);
  }
  const keeping = { ...ingest, dataDir: settings.dataDir, nowSeconds };
  if (job.kind === 'forget') return forgetJob(keeping, job.filter);
  if (job.kind === 'reparse') return reparseJob({ ...keeping, files }, job.reportId);
  if (job.kind === 'retry') {
    const result = await retryJob(keeping, job.messageIds);
    keeper.lookAgain(toFetch(result));
    return result;
  }
  const { name } = job;
  const nameOf = (file: string): string =>
    name === null ? file : name + file.slice(job.paths[0]?.length);
  const deps: Ingest & { nowSeconds: () => number } = { ...ingest, nowSeconds };
  return { counts: await importPaths(deps, job.paths, onProgress, nameOf), failures: [] };
}

/** The page's process starts a new one, after a while; what was committed stays. */
function giveUp(error: unknown): void {
  if (!process.connected) return;
  const message = error instanceof Error ? error.message : String(error);
  say({ kind: 'attention', message: `Reading has stopped and is tried again: ${message}` });
  process.stderr.write(`ruadmap: the ingest process stops: ${message}\n`);
  process.exitCode = GAVE_UP_STATUS;
  process.disconnect();
}

let open: Open | null = null;

async function receive(message: ToIngest): Promise<void> {
  if (message.kind === 'start') {
    open = openEverything(message.settings);
    say({ kind: 'attention', message: null });
    watchPlace(open.ingest).catch(giveUp);
    await reload(open);
    say({ kind: 'ready' });
    setInterval(() => say({ kind: 'alive' }), ALIVE_MS).unref();
    const { ingest, reader, settings, retention } = open;
    letGoDaily({
      ...ingest,
      reader,
      nowSeconds,
      keep: settings.keep,
      signal: retention.signal,
    }).catch(giveUp);
    return;
  }
  if (open === null) return;
  if (message.kind === 'job') await doJob(open, message.id, message.job);
  else if (message.kind === 'look') open.keeper.look(message.mailboxId);
  else if (message.kind === 'reload') await reload(open);
  // Not at once: Node fails where a message that waited for its listener ends the channel.
  else if (message.kind === 'stop') setImmediate(() => process.disconnect());
  else {
    const { password, caPem, after = LEAVE, ...address } = message.form;
    const access = { address, password, caPem: caPem ?? null };
    const { limits } = open.ingest;
    const setting = { choice: after, movedFrom: [] };
    const result = await testMailbox(access, limits, defaultMailboxTimes, setting);
    say({ kind: 'tested', id: message.id, result });
  }
}

process.on('message', (message) => {
  receive(message as ToIngest).catch(giveUp);
});
// A page's process that dies while it is written to: the disconnect says all there is to say.
process.on('error', () => undefined);
// Signals of a terminal or of a service manager reach this process too: the page's process says when
// to stop.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
endOnFault();
ignoreClosedOutput();
process.on('disconnect', () => {
  void (async () => {
    open?.retention.abort();
    open?.patience.stop();
    await open?.keeper.stop();
    await open?.ingest.writer.close();
    await open?.reader.close();
    process.exit();
  })();
});
