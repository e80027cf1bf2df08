import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { createVerifyRunner } from '../../server/verify-runner.ts';
import { tempDir } from './store/temp-store.ts';
import { withoutFiles, withoutProcesses } from './exhausted-system.ts';

const NOW_SECONDS = 1_769_904_000;

/** A verification by a process that does this. */
function runnerOf(dir: string, source: string) {
  const entry = path.join(dir, 'process.mjs');
  writeFileSync(entry, source);
  const runner = createVerifyRunner(entry, dir, () => NOW_SECONDS);
  const ended = async (): Promise<string | null> => {
    await expect
      .poll(() => runner.state().sinceSeconds, { timeout: 20_000, interval: 20 })
      .toBeNull();
    return runner.state().failed?.words ?? null;
  };
  return { runner, ended };
}

test.each([
  ['ends with nothing found', '', null],
  ['warns of something', "process.emitWarning('old');", null],
  ['ends with something found', 'process.exit(65);', null],
  [
    'is refused the store',
    "process.stderr.write('ruadmap: It is damaged.\\n'); process.exit(65);",
    'It is damaged.',
  ],
  ['is killed', "process.kill(process.pid, 'SIGKILL');", 'It was ended from outside.'],
])(
  'of a verification that %s only what kept it from its end is told',
  async (_, source, failed) => {
    const { runner, ended } = runnerOf(tempDir(), source);
    expect([runner.begin(), runner.begin()]).toEqual([true, false]);
    expect(runner.state()).toEqual({ sinceSeconds: NOW_SECONDS, failed: null });
    expect(await ended()).toBe(failed);
  },
);

test.each([
  ['a process', withoutProcesses],
  ['a file', withoutFiles],
])(
  'where the system has not %s to give that is told, and it can begin later',
  async (_, without) => {
    const { runner, ended } = runnerOf(tempDir(), '');
    expect(without(() => runner.begin())).toBe(true);
    expect(await ended()).toContain('could not be started');
    expect(runner.begin()).toBe(true);
    expect(await ended()).toBeNull();
  },
);

test('it has the environment of the program, for its temporary files, but no password', async () => {
  const dir = tempDir();
  vi.stubEnv('TMPDIR', '/large/disk');
  vi.stubEnv('RUADMAP_IMAP_PASSWORD', 'a password');
  const seen = path.join(dir, 'environment');
  const { runner, ended } = runnerOf(
    dir,
    `import { writeFileSync } from 'node:fs';
     writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env));`,
  );
  runner.begin();
  vi.unstubAllEnvs();
  expect(await ended()).toBeNull();
  const environment = JSON.parse(readFileSync(seen, 'utf8')) as NodeJS.ProcessEnv;
  expect(environment['TMPDIR']).toBe('/large/disk');
  expect(environment).not.toHaveProperty('RUADMAP_IMAP_PASSWORD');
});
