import path from 'node:path';
import Database from 'better-sqlite3';
import { createRandom, integer, pick, type Random } from '../../server/demo/random.ts';
import { defaultLimits } from '../../ingest/limits.ts';
import { connectMailbox } from '../../ingest/mailbox.ts';
import { defaultMailboxTimes } from '../../ingest/mailbox-client.ts';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { accessTo } from '../imap/polling.ts';
import { temporaryDir } from '../program.ts';
import { BREAKS, type Fault, type FlakyProxy, startFlakyProxy } from './flaky-proxy.ts';
import { type FloodOptions, floodMails, type FloodTruth, type ToldMail } from './flood.ts';
import { holdsWithin, type ProgramRun, runProgram } from './program-run.ts';
import { query } from './store-truth.ts';

const PASSWORD = 'a pass phrase of the test';

/** Waits of half a minute and more are a tenth: the deadline of a command comes after 6 seconds. */
const SHORT_WAITS = `--import=data:text/javascript,${encodeURIComponent(`
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = (work, ms, ...more) => wait(work, ms >= 30000 ? ms / 10 : ms, ...more);`)}`;

/** Mailboxes on a real server behind a proxy that breaks connections, and a store that is to read them. */
export interface FloodRig {
  dataDir: string;
  truth: FloodTruth;
  sent: ReadonlyMap<string, readonly ToldMail[]>;
  mails: number;
  proxy: FlakyProxy;
  random: Random;
  /** `ruadmap serve`, with its page up; in haste its long waits are short. */
  serve(haste: boolean): Promise<ProgramRun>;
  /** Names the mailboxes to a running Ruadmap, as its page does. */
  addMailboxes(run: ProgramRun): Promise<void>;
  /** Every mailbox is looked at now, whenever its next look would be. */
  lookNow(run: ProgramRun): Promise<void>;
  /** Messages that were begun so far. */
  begun(): number;
  /** Every mail is decided, or set aside as one that seems to end the program. */
  isRead(): boolean;
  setAside(): number;
  /** Holds the database's write lock meanwhile. */
  withLock(work: () => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
}

export async function startFloodRig(options: FloodOptions, mailboxes: number): Promise<FloodRig> {
  const users = Array.from({ length: mailboxes }, (_, place) => `reports-${place}@example.com`);
  const server = await startDovecot(Object.fromEntries(users.map((user) => [user, PASSWORD])));
  const work = temporaryDir();
  const dataDir = path.join(work.dir, 'data');
  const random = createRandom(options.seed + 1);
  const { truth, sent } = deliverAll(server, users, options);
  for (const user of users) await beSeen(server, user);
  const proxy = await startFlakyProxy(server.port);
  const inState = (states: string): number => {
    const sql = `SELECT count(*) AS mails FROM message WHERE state IN ${states}`;
    return query<{ mails: number }>(dataDir, sql)[0]?.mails ?? 0;
  };
  const mails = options.reports + options.others + options.again;
  return {
    ...{ dataDir, truth, sent, mails, proxy, random },
    serve: (haste) => serveUntilUp(dataDir, haste),
    addMailboxes: async (run) => {
      for (const user of users) {
        const address = { user, host: '127.0.0.1', port: proxy.port, security: 'plain' };
        await post(run, 'api/mailboxes', { ...address, folder: 'INBOX', password: PASSWORD });
      }
    },
    lookNow: async (run) => {
      for (const { id } of query<{ id: number }>(dataDir, 'SELECT id FROM mailbox')) {
        await post(run, `api/mailboxes/${id}/poll`, {});
      }
    },
    begun: () => query<{ last: number | null }>(dataDir, LAST)[0]?.last ?? 0,
    isRead: () => inState("('done', 'set-aside')") >= mails,
    setAside: () => inState("('set-aside')"),
    withLock: (whatMeanwhile) => withLock(dataDir, whatMeanwhile),
    stop: async () => {
      await proxy.stop();
      await server.stop();
      work.remove();
    },
  };
}

const LAST = 'SELECT max(id) AS last FROM message';

function deliverAll(
  server: Dovecot,
  users: readonly string[],
  options: FloodOptions,
): Pick<FloodRig, 'truth' | 'sent'> {
  const boxes = users.map((user) => ({ maildir: server.maildir(user), told: [] as ToldMail[] }));
  const truth = floodMails(options, (mail, told, place) => {
    const box = boxes[place % boxes.length];
    box?.maildir.deliver(mail);
    box?.told.push(told);
  });
  return { truth, sent: new Map(users.map((user, place) => [user, boxes[place]?.told ?? []])) };
}

/** The server looks through what was delivered once, in peace: as one that delivers by itself has done. */
async function beSeen({ port }: Dovecot, user: string): Promise<void> {
  const address = { ...accessTo(port).address, user };
  const access = { address, password: PASSWORD, caPem: null };
  const connected = await connectMailbox(access, defaultLimits, defaultMailboxTimes);
  if (!connected.ok) throw new Error(connected.problem.message);
  await connected.value.examine();
  await connected.value.close();
}

async function serveUntilUp(dataDir: string, haste: boolean): Promise<ProgramRun> {
  const env = haste ? { NODE_OPTIONS: SHORT_WAITS } : {};
  const run = runProgram(['serve', '--port', '0', '--data', dataDir], { env });
  const isUp = await holdsWithin(
    30_000,
    () => pageOf(run) !== null || run.process.exitCode !== null,
  );
  if (!isUp || pageOf(run) === null) throw new Error(`serve did not come up: ${run.stderr()}`);
  return run;
}

const pageOf = (run: ProgramRun): string | null => /http:\/\/\S+/.exec(run.stdout())?.[0] ?? null;

async function post(run: ProgramRun, address: string, body: unknown): Promise<void> {
  const answer = await fetch(`${pageOf(run) ?? ''}${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
}

async function withLock(dataDir: string, work: () => Promise<unknown>): Promise<void> {
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { timeout: 10_000 });
  try {
    database.exec('BEGIN IMMEDIATE');
    await work();
    database.exec('ROLLBACK');
  } finally {
    database.close();
  }
}

const EARLY_BYTES = 20_000;

/** Breaks somewhere within so many bytes, every fifth time around the login and the first listing. */
export const drawFault = (random: Random, mostBytes: number): Fault => ({
  mode: pick(random, BREAKS),
  afterBytes: 200 + integer(random, random() < 0.2 ? EARLY_BYTES : mostBytes),
});
