import { statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { dovecot, isMissing, strace } from '../parts.ts';
import { expectNoFault, expectWell, type KillRig, startKillRig } from './kill-rig.ts';
import { namedPoints } from './named-points.ts';
import { holdsWithin } from './program-run.ts';
import { expectWhole } from './store-truth.ts';
import { killedAt, readRecord, recording } from './system-call-record.ts';

const POINTS = 40;
const SHARE = 8;

interface Point {
  name: string;
  /** Runs `poll` on the data directory until it is killed there; whether it came by the point. */
  kill: (dataDir: string) => Promise<boolean>;
}

/** Does `each` in the command's own process before a packed report is unpacked; `nth` counts them from 1. */
const atUnpacking = (each: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`
    import { appendFileSync } from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    import zlib from 'node:zlib';
    const { inflateRawSync } = zlib;
    let nth = 0;
    if (process.argv[1].endsWith('main.js')) {
      zlib.inflateRawSync = (...given) => {
        nth += 1;
        ${each}
        return inflateRawSync(...given);
      };
      syncBuiltinESMExports();
    }`)}`,
});
const unpackingLog = (log: string): Record<string, string> =>
  atUnpacking(`appendFileSync(${JSON.stringify(log)}, '.');`);
const killedAtUnpacking = (wanted: number): Record<string, string> =>
  atUnpacking(`if (nth === ${wanted}) process.kill(process.pid, 'SIGKILL');`);

let rig: KillRig;

describe.skipIf([dovecot, strace].some(isMissing))('S01: processes killed at named points', () => {
  beforeAll(async () => {
    rig = await startKillRig({
      ...{ seed: longRunSeed, reports: 260, others: 100, repeats: 40, conflicts: 20 },
    });
  });
  afterAll(() => rig.stop());

  /** Points of storage: by system call, file and occurrence in the record of a run that nothing disturbs. */
  async function storagePoints(): Promise<Point[]> {
    const dataDir = rig.freshDir();
    const log = `${dataDir}.calls`;
    await expectWell(rig.run(['poll', '--json'], dataDir, { before: recording(log) }));
    return namedPoints(readRecord(log, dataDir)).map(({ name, at }) => ({
      name: `${name} (${at.call} ${at.occurrence}${at.file === '' ? '' : ` of ${at.file}`})`,
      kill: async (killedDir) => {
        const file = at.file === '' ? null : path.join(killedDir, at.file);
        const run = rig.run(['poll', '--json'], killedDir, { before: killedAt(at, file) });
        const { signal } = await run.ended;
        expectNoFault(run);
        return signal === 'SIGKILL';
      },
    }));
  }

  /** Points of the session: the program has got so many bytes of the server's answers, and waits for more. */
  async function sessionPoints(): Promise<Point[]> {
    rig.proxy.forget();
    await expectWell(rig.run(['poll', '--json'], rig.freshDir()));
    const session = rig.proxy.received();
    const after = (pattern: RegExp): number => {
      const found = pattern.exec(session);
      if (found === null) throw new Error(`No answer like ${pattern.source}.`);
      return found.index + found[0].length;
    };
    const literals = [...session.matchAll(/BODY\[\d[^\]]*\](?:<\d+>)? \{(\d+)\}\r\n/g)];
    const bodyAt = (share: number): number => {
      const literal = literals[Math.floor(literals.length * share)];
      if (literal === undefined) throw new Error('No literal in the session.');
      return literal.index + literal[0].length + Math.floor(Number(literal[1]) / 2);
    };
    const points: [string, number][] = [
      ['before the fetch of structures', after(/\r\n\w+ OK \[READ-ONLY\][^\r]*\r\n/)],
      ['between two structures', after(/\r\n\* 200 FETCH [^\r]*\r\n/)],
      ['structures fetched', session.lastIndexOf('\r\n* ', literals[0]?.index) + 2],
      ['within the first bytes of a part', bodyAt(0.05)],
      ['within a part', bodyAt(0.5)],
      ['within the last part', bodyAt(0.999)],
    ];
    return points.map(([name, afterBytes]) => ({
      name: `${name} (${afterBytes} bytes of the session)`,
      kill: async (killedDir) => {
        rig.proxy.forget();
        rig.proxy.cutNext({ mode: 'stall', afterBytes });
        const run = rig.run(['poll', '--json'], killedDir);
        await Promise.race([
          run.ended,
          holdsWithin(20_000, () => rig.proxy.received().length >= afterBytes),
        ]);
        const { signal } = await run.kill();
        rig.proxy.cutNext(null);
        expectNoFault(run);
        return signal === 'SIGKILL' && rig.proxy.received().length >= afterBytes;
      },
    }));
  }

  /** Points of reading, which makes no system call: the how manieth packed report is unpacked. */
  async function parsePoints(): Promise<Point[]> {
    const log = `${rig.freshDir()}.unpacked`;
    await expectWell(rig.run(['poll', '--json'], rig.freshDir(), { env: unpackingLog(log) }));
    const unpacked = statSync(log).size;
    return [1, Math.ceil(unpacked / 3), Math.ceil((2 * unpacked) / 3), unpacked].map((nth) => ({
      name: `parse: packed report ${nth} of ${unpacked}`,
      kill: async (killedDir) => {
        const run = rig.run(['poll', '--json'], killedDir, { env: killedAtUnpacking(nth) });
        const { signal } = await run.ended;
        expectNoFault(run);
        return signal === 'SIGKILL';
      },
    }));
  }

  test('leave a whole database, and in the end the exact totals and ledger', async () => {
    const all = [...(await sessionPoints()), ...(await parsePoints()), ...(await storagePoints())];
    expect(all).toHaveLength(POINTS);
    const wanted = inFullOrShare(POINTS, SHARE);
    const points = all.filter((_, place) => (place * wanted) % POINTS < wanted);
    let again = 0;
    for (const { name, kill } of points) {
      try {
        const dataDir = rig.freshDir();
        expect(await kill(dataDir)).toBe(true);
        expectWhole(dataDir);
        // A second death, at the same count of calls or bytes, must be as harmless as the first.
        if (await kill(dataDir)) again += 1;
        expectWhole(dataDir);
        await rig.drain(dataDir);
      } catch (error) {
        throw new Error(`${name}, seed ${longRunSeed}`, { cause: error });
      }
      if (wanted === POINTS) console.log(name);
    }
    printFigure({
      ...{ figure: 'kills-named', n: points.length, of: wanted, full: POINTS, again, unhandled: 0 },
    });
  }, 900_000);
});
