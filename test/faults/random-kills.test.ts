import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';
import { expectNoFault, type KillRig, startKillRig } from './kill-rig.ts';
import { holdsWithin, isAlive, sleep } from './program-run.ts';
import { expectDrained, expectWhole, query } from './store-truth.ts';

const KILLS = 200;
/** Kills on one data directory, at most, before it is read to the end. */
const KILLS_A_STORE = 8;
const ORPHAN_MS = 10_000;

type Victim = 'poll' | 'ingest' | 'page' | 'both';
const VICTIMS: readonly Victim[] = ['poll', 'ingest', 'poll', 'page', 'poll', 'both'];

let rig: KillRig;
const orphans: number[] = [];

describe.skipIf(isMissing(dovecot))('S01: processes killed at random points', () => {
  beforeAll(async () => {
    rig = await startKillRig({
      ...{ seed: longRunSeed, reports: 260, others: 100, repeats: 40, conflicts: 20 },
    });
  });
  afterAll(() => rig.stop());

  /** From when the program is loaded on until it would be done: the whole of its work. */
  async function momentsOf(): Promise<() => number> {
    const { wholeMs, idleMs } = await rig.measure();
    return () => 0.7 * idleMs + rig.random() * (wholeMs - 0.7 * idleMs);
  }

  async function killPoll(dataDir: string, moment: number): Promise<'killed' | 'drained'> {
    const run = rig.run(['poll', '--json'], dataDir);
    const end = await run.endsWithin(moment);
    expectNoFault(run);
    if (end === null) return (await run.kill()).signal === 'SIGKILL' ? 'killed' : 'drained';
    expect(end).toEqual({ status: 0, signal: null });
    return 'drained';
  }

  /** The page's process, its ingest process, or both at once; where only the latter dies, another takes over. */
  async function killServe(
    victim: Exclude<Victim, 'poll'>,
    dataDir: string,
    moment: number,
  ): Promise<void> {
    const run = rig.run(['serve', '--port', '0'], dataDir);
    await holdsWithin(moment, () => run.ingestPid() !== null);
    await sleep(moment);
    const ingestPid = run.ingestPid();
    if (ingestPid !== null && victim !== 'page') process.kill(ingestPid, 'SIGKILL');
    if (victim === 'ingest') {
      await sleep(moment);
      const endsAt = performance.now();
      expect(await run.kill('SIGTERM')).toEqual({ status: 0, signal: null });
      expect(performance.now() - endsAt).toBeLessThan(ORPHAN_MS);
    } else {
      await run.kill();
      // What comes next starts while this one may still be at its last transaction.
      if (ingestPid !== null) orphans.push(ingestPid);
    }
    expectNoFault(run);
  }

  async function expectNoOrphans(): Promise<void> {
    expect(await holdsWithin(ORPHAN_MS, () => !orphans.some(isAlive))).toBe(true);
    orphans.length = 0;
  }

  /** Some mails have been begun or decided, and not all of them. */
  function isMidway(dataDir: string): boolean {
    if (!existsSync(path.join(dataDir, 'ruadmap.created'))) return false;
    const [{ begun, done } = { begun: 0, done: 0 }] = query<{ begun: number; done: number }>(
      dataDir,
      "SELECT count(*) AS begun, count(*) FILTER (WHERE state = 'done') AS done FROM message",
    );
    return begun > 0 && done < rig.golden.mails.length;
  }

  test('leave a whole database, and in the end the exact totals and ledger', async () => {
    const wanted = inFullOrShare(KILLS, 18);
    const moment = await momentsOf();
    const killed: Record<Victim, number> = { poll: 0, ingest: 0, page: 0, both: 0 };
    let [kills, stores, midway] = [0, 0, 0];
    while (kills < wanted) {
      const dataDir = rig.freshDir();
      let isDrained = false;
      for (let here = 0; here < KILLS_A_STORE && kills < wanted && !isDrained; here += 1) {
        const victim = VICTIMS[kills % VICTIMS.length] ?? 'poll';
        const place = `kill ${kills + 1} (${victim}) of seed ${longRunSeed}`;
        try {
          if (victim === 'poll') {
            isDrained = (await killPoll(dataDir, moment())) === 'drained';
          } else await killServe(victim, dataDir, moment());
          if (isDrained) await expectDrained(dataDir, rig.golden);
          else expectWhole(dataDir);
          if (isMidway(dataDir)) midway += 1;
        } catch (error) {
          throw new Error(place, { cause: error });
        }
        if (isDrained) continue;
        kills += 1;
        killed[victim] += 1;
      }
      await expectNoOrphans();
      await rig.drain(dataDir).catch((error: unknown) => {
        throw new Error(`store ${stores + 1} of seed ${longRunSeed}`, { cause: error });
      });
      stores += 1;
    }
    expect(kills).toBe(wanted);
    printFigure({
      ...{ figure: 'kills-random', n: kills, of: wanted, full: KILLS },
      ...{ ...killed, midway, stores, mails: rig.golden.mails.length, unhandled: 0 },
    });
  }, 1_800_000);
});
