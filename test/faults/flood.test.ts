import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { integer, pick } from '../../server/demo/random.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';
import { drawFault, type FloodRig, startFloodRig } from './flood-rig.ts';
import { floodFaults } from './flood-truth.ts';
import { expectNoFault } from './kill-rig.ts';
import { isAlive, holdsWithin, type ProgramRun, sleep } from './program-run.ts';
import { expectWhole } from './store-truth.ts';

const MAILS = 100_000;
const KINDS = { reports: 0.6, others: 0.3, again: 0.1 };
const mails = inFullOrShare(MAILS, 500);
/** At most so many mails are begun from one blow to the next. */
const MAILS_A_BLOW = inFullOrShare(4_000, 120);
const MOST_BYTES_A_CONNECTION = inFullOrShare(4_000_000, 600_000);
const MOST_WAIT_MS = inFullOrShare(20_000, 1_500);
/** The whole database is looked through after every blow of a share, and after some of a long run. */
const BLOWS_A_CHECK = inFullOrShare(16, 1);

const BLOWS = ['ingest', 'ingest', 'page', 'both', 'lock'] as const;
type Blow = (typeof BLOWS)[number];

let rig: FloodRig;
const blows: Record<Blow, number> = { ingest: 0, page: 0, both: 0, lock: 0 };

describe.skipIf(isMissing(dovecot))('100,000 mails with faults on', () => {
  beforeAll(async () => {
    const [reports, others] = [mails * KINDS.reports, mails * KINDS.others];
    const options = { seed: longRunSeed, reports, others, again: mails * KINDS.again };
    rig = await startFloodRig(options, inFullOrShare(8, 2));
  }, 300_000);
  afterAll(() => rig.stop());

  /** Waits until some more mails are begun, or long enough that nothing is. */
  async function someProgress(): Promise<void> {
    const target = rig.begun() + 1 + integer(rig.random, MAILS_A_BLOW);
    const endMs = performance.now() + MOST_WAIT_MS;
    while (rig.begun() < target && performance.now() < endMs) await sleep(50);
    await sleep(300 * rig.random());
  }

  /** @returns whether the program still runs */
  async function strike(run: ProgramRun, blow: Blow): Promise<boolean> {
    const ingestPid = run.ingestPid();
    blows[blow] += 1;
    if (blow === 'lock') await rig.withLock(() => sleep(MOST_WAIT_MS * rig.random()));
    if (ingestPid !== null && (blow === 'ingest' || blow === 'both')) {
      process.kill(ingestPid, 'SIGKILL');
    }
    if (blow === 'page' || blow === 'both') await run.kill();
    if (ingestPid !== null && blow === 'page') {
      expect(await holdsWithin(10_000, () => !isAlive(ingestPid))).toBe(true);
    }
    return blow === 'ingest' || blow === 'lock';
  }

  /** One life of the program, until a blow ends it or everything is read. */
  async function live(isFirst: boolean): Promise<void> {
    const run = await rig.serve(true);
    if (isFirst) await rig.addMailboxes(run);
    for (let goesOn = true; goesOn;) {
      await someProgress();
      if (rig.isRead()) {
        expect(await run.kill('SIGTERM')).toEqual({ status: 0, signal: null });
        goesOn = false;
      } else goesOn = await strike(run, pick(rig.random, BLOWS));
      const struck = blows.ingest + blows.page + blows.both;
      if (struck % BLOWS_A_CHECK === 0) expectWhole(rig.dataDir);
      expectNoFault(run);
    }
  }

  /** Undisturbed, and with the program's own waits. */
  async function drain(): Promise<void> {
    rig.proxy.drawWith(null);
    const run = await rig.serve(false);
    await rig.lookNow(run);
    const endMs = performance.now() + 120_000;
    while (!rig.isRead() && performance.now() < endMs) await sleep(100);
    expect(await run.kill('SIGTERM')).toEqual({ status: 0, signal: null });
    expectNoFault(run);
    expectWhole(rig.dataDir);
  }

  test('are read exactly once each, and as they were sent', async () => {
    const startedMs = performance.now();
    rig.proxy.drawWith(() => drawFault(rig.random, MOST_BYTES_A_CONNECTION));
    for (let lives = 0; lives === 0 || !rig.isRead(); lives += 1) await live(lives === 0);
    await drain();
    expect(rig.setAside()).toBe(0);
    const { lost, double, misread } = floodFaults(rig.dataDir, rig.truth, rig.sent);
    printFigure({
      ...{ figure: 'mails-with-faults', full: MAILS, of: mails },
      n: mails - lost.length - double.length - misread.length,
      ...{ lost: lost.length, double: double.length, misread: misread.length },
      ...{ sums: rig.truth.sums.size, ...prefixed('blow', blows) },
      ...prefixed('cut', rig.proxy.broken),
      seconds: Math.round((performance.now() - startedMs) / 1000),
    });
    expect({ lost, double, misread }).toEqual({ lost: [], double: [], misread: [] });
  }, 3_600_000);
});

const prefixed = (word: string, counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${word}-${name}`, count]));
