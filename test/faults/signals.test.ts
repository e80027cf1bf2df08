import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dovecot, isMissing } from '../parts.ts';
import { ruadmap } from '../program.ts';
import { expectNoFault, type KillRig, startKillRig } from './kill-rig.ts';
import { holdsWithin, isAlive, type ProgramRun, sleep } from './program-run.ts';
import { expectWhole } from './store-truth.ts';

const MOST_MS = 10_000;

let rig: KillRig;
let silent: Server | null = null;

interface State {
  state: string;
  /** Brings the program into it; the run is `serve`, just started. */
  arrive: (run: ProgramRun, dataDir: string) => Promise<unknown>;
  env?: () => Promise<Record<string, string>>;
  cutAfterBytes?: number;
}

const listens = (run: ProgramRun): Promise<boolean> =>
  holdsWithin(20_000, () => run.stdout().includes('http://'));
const received = (bytes: number): Promise<boolean> =>
  holdsWithin(20_000, () => rig.proxy.received().length >= bytes);

/** So long after it has come about. */
const after =
  (arrive: State['arrive'], waitMs: number): State['arrive'] =>
  async (...run) => {
    await arrive(...run);
    await sleep(waitMs);
  };

async function silentServer(): Promise<Record<string, string>> {
  silent = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => silent?.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  return { RUADMAP_IMAP_URL: `imap://u@127.0.0.1:${port}/INBOX` };
}

const STATES: State[] = [
  { state: 'before anything is there', arrive: () => sleep(150) },
  {
    state: 'while it starts',
    arrive: (run) => holdsWithin(20_000, () => run.ingestPid() !== null),
  },
  { state: 'as it begins to listen', arrive: listens },
  {
    state: 'while it waits for a greeting',
    arrive: after(listens, 700),
    env: silentServer,
  },
  {
    state: 'while the server hangs in a listing',
    arrive: () => received(20_000),
    cutAfterBytes: 20_000,
  },
  {
    state: 'while the server hangs in a part',
    arrive: () => received(400_000),
    cutAfterBytes: 400_000,
  },
  { state: 'while it stores', arrive: () => received(500_000) },
  {
    state: 'while it waits for news',
    arrive: after((run) => listens(run).then(() => received(800_000)), 1500),
  },
  {
    state: 'while it waits to try again',
    arrive: after(listens, 1000),
    env: async () => ({ RUADMAP_IMAP_URL: 'imap://u@127.0.0.1:9/INBOX' }),
  },
  {
    state: 'during an import that a command has handed over',
    arrive: async (run, dataDir) => {
      await listens(run);
      const folder = `${dataDir}-mails`;
      mkdirSync(folder);
      for (const [place, mail] of rig.golden.mails.entries()) {
        writeFileSync(path.join(folder, `${place}.eml`), mail);
      }
      void ruadmap(['import', folder, '--data', dataDir]);
      await sleep(700);
    },
    env: async () => ({ RUADMAP_IMAP_URL: '' }),
  },
];

describe.skipIf(isMissing(dovecot))('C06: a running Ruadmap ends with status 0', () => {
  beforeAll(async () => {
    rig = await startKillRig({ seed: 6, reports: 260, others: 100, repeats: 40, conflicts: 20 });
  });
  afterAll(() => rig.stop());
  afterEach(() => {
    silent?.close();
    silent = null;
    rig.proxy.cutNext(null);
  });

  async function expectEndsCleanly(
    signal: NodeJS.Signals,
    toAll: boolean,
    { arrive, env, cutAfterBytes }: State,
  ): Promise<void> {
    const dataDir = rig.freshDir();
    rig.proxy.forget();
    if (cutAfterBytes !== undefined) {
      rig.proxy.cutNext({ mode: 'stall', afterBytes: cutAfterBytes });
    }
    const more = env === undefined ? {} : { env: await env() };
    const run = rig.run(['serve', '--port', '0'], dataDir, more);
    await arrive(run, dataDir);
    const ingestPid = run.ingestPid();
    const askedMs = performance.now();
    // A service manager and a terminal that closes tell every process.
    if (toAll && ingestPid !== null) process.kill(ingestPid, signal);
    const end = await run.kill(signal);
    const isEarly = run.stdout() === '' && end.signal === signal;
    if (!isEarly) expect(end).toEqual({ status: 0, signal: null });
    expect(performance.now() - askedMs).toBeLessThan(MOST_MS);
    expect(ingestPid === null || !isAlive(ingestPid)).toBe(true);
    expectNoFault(run);
    expect(run.stderr()).toBe('');
    expectWhole(dataDir);
  }

  test.each(STATES)(
    'on SIGTERM $state',
    (state) => expectEndsCleanly('SIGTERM', false, state),
    60_000,
  );

  test.each(STATES.slice(4, 8))(
    'on SIGHUP to all its processes $state',
    (state) => expectEndsCleanly('SIGHUP', true, state),
    60_000,
  );

  test('on SIGTERM to all its processes while it stores, and nothing of it is lost', async () => {
    const dataDir = rig.freshDir();
    for (let time = 0; time < 3; time += 1) {
      rig.proxy.forget();
      const run = rig.run(['serve', '--port', '0'], dataDir);
      await Promise.race([received(300_000), sleep(2500)]);
      const ingestPid = run.ingestPid();
      if (ingestPid !== null) process.kill(ingestPid, 'SIGTERM');
      expect(await run.kill('SIGTERM')).toEqual({ status: 0, signal: null });
      expectNoFault(run);
    }
    await rig.drain(dataDir);
  }, 60_000);

  test('once its output is closed, it goes on reading, answering and ending as ever', async () => {
    const dataDir = rig.freshDir();
    const run = rig.run(['serve', '--port', '0', '--log-level', 'debug'], dataDir);
    run.process.stdout?.destroy();
    run.process.stderr?.destroy();
    const isRead = await holdsWithin(20_000, () => rig.proxy.received().length > 800_000);
    expect(isRead).toBe(true);
    await sleep(1500);
    expect(isAlive(run.pid)).toBe(true);
    const askedMs = performance.now();
    expect(await run.kill('SIGTERM')).toEqual({ status: 0, signal: null });
    expect(performance.now() - askedMs).toBeLessThan(MOST_MS);
    await rig.drain(dataDir);
  }, 60_000);

  test('a command whose reader is gone ends, and is no fault', async () => {
    const run = rig.run(['totals'], rig.freshDir());
    run.process.stdout?.destroy();
    expect(await run.ended).toEqual({ status: 0, signal: null });
    expect(run.stderr()).toBe('');
  });
});
