import path from 'node:path';
import { expect } from 'vitest';
import { createRandom, type Random } from '../../server/demo/random.ts';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { type Proxy, startProxy } from '../imap/proxy.ts';
import { temporaryDir } from '../program.ts';
import { type Golden, goldenMailbox, type GoldenOptions } from './golden-mailbox.ts';
import { faultIn, type ProgramRun, runProgram, type RunOptions } from './program-run.ts';
import { expectDrained } from './store-truth.ts';

const USER = 'reports@example.com';
const PASSWORD = 'a pass phrase of the test';

/** A mailbox on a real server, with all that a store of it must hold, and the built program to read it. */
export interface KillRig {
  golden: Golden;
  server: Dovecot;
  proxy: Proxy;
  random: Random;
  /** A data directory that is not there yet. */
  freshDir(): string;
  /** `ruadmap COMMAND --data DIR` with the mailbox in its environment. */
  run(command: readonly string[], dataDir: string, options?: RunOptions): ProgramRun;
  /** Reads to the end, undisturbed, and compares everything. */
  drain(dataDir: string): Promise<void>;
  /** How long `poll` takes on a new store, and on one that has it all. */
  measure(): Promise<{ wholeMs: number; idleMs: number }>;
  stop(): Promise<void>;
}

export async function startKillRig(options: GoldenOptions): Promise<KillRig> {
  const golden = goldenMailbox(options);
  const work = temporaryDir();
  const server = await startDovecot({ [USER]: PASSWORD });
  const proxy = await startProxy(server.port);
  for (const mail of golden.mails) server.maildir(USER).deliver(mail);
  let dirs = 0;
  const run: KillRig['run'] = (command, dataDir, more = {}) => {
    const env = {
      RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${proxy.port}/INBOX`,
      RUADMAP_IMAP_PASSWORD: PASSWORD,
      ...more.env,
    };
    return runProgram([...command, '--data', dataDir], { ...more, env });
  };
  const pollOnce = async (dataDir: string): Promise<number> => {
    const startedMs = performance.now();
    await expectWell(run(['poll', '--json'], dataDir));
    return performance.now() - startedMs;
  };
  const freshDir = (): string => path.join(work.dir, `data-${(dirs += 1)}`);
  return {
    golden,
    server,
    proxy,
    random: createRandom(options.seed),
    freshDir,
    run,
    drain: async (dataDir) => {
      await pollOnce(dataDir);
      await expectDrained(dataDir, golden);
    },
    measure: async () => {
      const dataDir = freshDir();
      return { wholeMs: await pollOnce(dataDir), idleMs: await pollOnce(dataDir) };
    },
    stop: async () => {
      await proxy.stop();
      await server.stop();
      work.remove();
    },
  };
}

/** It ends by itself with status 0 and says nothing of an error. */
export async function expectWell(run: ProgramRun): Promise<void> {
  const end = await run.endsWithin(60_000);
  if (end === null) await run.kill();
  expect({ end, stderr: run.stderr() }).toEqual({ end: { status: 0, signal: null }, stderr: '' });
}

/** Nothing that it said is an error that nobody caught. */
export function expectNoFault(run: ProgramRun): void {
  expect(faultIn(run.stderr())).toBeNull();
}
