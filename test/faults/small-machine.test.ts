import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dovecot, isMissing } from '../parts.ts';
import { expectNoFault, expectWell, type KillRig, startKillRig } from './kill-rig.ts';
import { holdsWithin, isAlive, type ProgramRun, sleep } from './program-run.ts';
import { expectDrained } from './store-truth.ts';
import { isRoot, until } from './storage-rig.ts';

const MIB = 1024 * 1024;
const GROUPS = '/sys/fs/cgroup';
/** Limits of the first version of control groups can be set by root, where they are mounted. */
const canLimit =
  isRoot() && ['memory', 'cpu'].every((kind) => existsSync(path.join(GROUPS, kind, 'tasks')));

/** What stands before a program so that it and its children keep to a limit; and how to lift it. */
function limited(
  kind: 'memory' | 'cpu',
  limits: Record<string, string>,
): { before: string[]; remove: () => void } {
  const group = path.join(GROUPS, kind, `ruadmap-test-${process.pid}`);
  mkdirSync(group);
  for (const [name, value] of Object.entries(limits)) writeFileSync(path.join(group, name), value);
  const join = `echo $$ > ${group}/tasks && exec "$@"`;
  return { before: ['sh', '-c', join, 'sh'], remove: () => rmdirSync(group) };
}

describe.skipIf(isMissing(dovecot))('C07: on a small machine', () => {
  let rig: KillRig;
  beforeAll(async () => {
    rig = await startKillRig({ seed: 7, reports: 120, others: 40, repeats: 10, conflicts: 6 });
  });
  afterAll(() => rig.stop());

  async function serving(
    dataDir: string,
    before: string[],
  ): Promise<{ run: ProgramRun; url: string }> {
    const run = rig.run(['serve', '--port', '0'], dataDir, { before });
    const urlOf = (): string | undefined => /http:\S+/.exec(run.stdout())?.[0];
    expect(await holdsWithin(30_000, () => urlOf() !== undefined)).toBe(true);
    return { run, url: urlOf() ?? '' };
  }

  const withFiles = (count: number): string[] => ['prlimit', `--nofile=${count}:${count}`];

  test('200 open files are enough to read a mailbox', async () => {
    const dataDir = rig.freshDir();
    await expectWell(rig.run(['poll', '--json'], dataDir, { before: withFiles(200) }));
    await expectDrained(dataDir, rig.golden);
  });

  test('and to show the page, also to more clients than that; it ends in peace', async () => {
    const dataDir = rig.freshDir();
    const { run, url } = await serving(dataDir, withFiles(200));
    const health = async (): Promise<boolean> => {
      const signal = AbortSignal.timeout(2000);
      const answer = await fetch(`${url}api/health`, { signal }).catch(() => null);
      return answer?.status === 200;
    };
    const answers = await Promise.all(Array.from({ length: 300 }, health));
    expect(answers).toContain(true);
    expect(await until(health, Boolean, 30)).toBe(true);
    expect(await run.kill('SIGTERM')).toEqual({ status: 0, signal: null });
    expectNoFault(run);
    await rig.drain(dataDir);
  }, 90_000);

  test('too few open files end the start in plain words', async () => {
    const run = rig.run(['serve', '--port', '0'], rig.freshDir(), { before: withFiles(128) });
    expect((await run.ended).status).toBe(78);
    expect(run.stderr()).toMatch(/^ruadmap: This process may open too few files[^\n]*\n$/);
  });

  test.skipIf(!canLimit)('256 MB of memory are enough for both processes', async () => {
    const { before, remove } = limited('memory', { 'memory.limit_in_bytes': String(256 * MIB) });
    const dataDir = rig.freshDir();
    rig.proxy.forget();
    const { run, url } = await serving(dataDir, before);
    let messages = 0;
    for (let attempt = 0; attempt < 60 && messages < rig.golden.mails.length; attempt += 1) {
      const { mailboxes } = (await (await fetch(`${url}api/mailboxes`)).json()) as {
        mailboxes: { counts: { messages: number } }[];
      };
      messages = mailboxes[0]?.counts.messages ?? 0;
      await sleep(250);
    }
    const ingest = run.ingestPid();
    expect(await run.kill('SIGTERM')).toEqual({ status: 0, signal: null });
    expect(ingest !== null && isAlive(ingest)).toBe(false);
    remove();
    expectNoFault(run);
    await expectDrained(dataDir, rig.golden);
  });

  test.skipIf(!canLimit)(
    'a tenth of one processor makes it slower, and costs nothing',
    async () => {
      const { before, remove } = limited('cpu', {
        'cpu.cfs_period_us': '100000',
        'cpu.cfs_quota_us': '10000',
      });
      const dataDir = rig.freshDir();
      await expectWell(rig.run(['poll', '--json'], dataDir, { before }));
      remove();
      await expectDrained(dataDir, rig.golden);
    },
    90_000,
  );
});
