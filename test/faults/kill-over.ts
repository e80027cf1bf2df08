import path from 'node:path';
import { expect } from 'vitest';
import { longRunSeed } from '../long-run.ts';
import { expectNoFault } from './kill-rig.ts';
import { runProgram } from './program-run.ts';
import { killedAt, readRecord, recording } from './system-call-record.ts';

/** One command, and the folder in which it may be killed over a file. */
export interface Stage {
  root: string;
  args: string[];
}

/**
 * Records the command once, and then kills it on a new stage at calls spread over it.
 * @returns how many points there were
 */
export async function killOver<T extends Stage>(
  mostPoints: number,
  stage: () => T,
  after: (stage: T, point: string) => Promise<void>,
): Promise<number> {
  const first = stage();
  const log = `${first.root}.calls`;
  const recorded = await runProgram(first.args, { before: recording(log) }).ended;
  expect(recorded).toEqual({ status: 0, signal: null });
  const record = readRecord(log, first.root).filter(({ file }) => !file.startsWith('owner.'));
  const wanted = Math.min(mostPoints, record.length);
  for (let index = 0; index < wanted; index += 1) {
    const at = record[Math.floor(((index + 0.5) * record.length) / wanted)];
    if (at === undefined) throw new RangeError('No call there.');
    const point = `${at.call} ${at.occurrence} of ${at.file}, seed ${longRunSeed}`;
    const next = stage();
    const run = runProgram(next.args, { before: killedAt(at, path.join(next.root, at.file)) });
    const end = await run.ended;
    expectNoFault(run);
    expect({ point, signal: end.signal }).toEqual({ point, signal: 'SIGKILL' });
    await after(next, point).catch((error: unknown) => {
      throw new Error(point, { cause: error });
    });
  }
  return wanted;
}
