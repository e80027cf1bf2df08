import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { GAVE_UP_STATUS, type IngestSettings } from '../../server/ingest-messages.ts';
import { superviseIngest } from '../../server/ingest-supervisor.ts';
import { tempDir } from './store/temp-store.ts';
import { withoutFiles, withoutProcesses } from './exhausted-system.ts';

/** A process that counts its starts in a file, and does `once` when it is ready for the first time. */
function readerThat(dir: string, once = '', atJob = ''): { entry: string; starts: () => number } {
  const [entry, log] = [path.join(dir, 'process.mjs'), path.join(dir, 'starts')];
  writeFileSync(
    entry,
    `import { appendFileSync, readFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(log)}, '.');
     process.on('disconnect', () => process.exit());
     process.on('message', ({ kind, id }) => {
       if (kind === 'stop') process.exit();
       if (kind === 'job') { ${atJob} }
       if (kind !== 'start') return;
       process.send({ kind: 'ready' }, () => {
         if (readFileSync(${JSON.stringify(log)}).length === 1) { ${once} }
       });
       setInterval(() => process.send({ kind: 'alive' }), 1000);
     });`,
  );
  appendFileSync(log, '');
  return { entry, starts: () => readFileSync(log).length };
}

const settingsIn = (dataDir: string): IngestSettings => ({
  ...{ dataDir, keyFile: null, pollSeconds: 600, logLevel: 'warn', mailbox: null },
  keep: { xml: null, refused: null, otherMail: null },
});

const SHORTAGES = [
  ['a process', withoutProcesses],
  ['a file', withoutFiles],
] as const;

test.each(SHORTAGES)(
  'S14: where the system had not %s to give, a reader is started later',
  async (_, without) => {
    const dir = tempDir();
    const { entry, starts } = readerThat(dir);
    const supervisor = without(() => superviseIngest(entry, settingsIn(dir)));
    await expect.poll(starts, { timeout: 20_000 }).toBe(1);
    expect(supervisor.state()).toEqual({ state: 'running', restarts: 1 });
    await supervisor.stop();
  },
);

test.each(SHORTAGES)(
  'S14: and without %s one that could not be started is stopped at once',
  async (_, without) => {
    const dir = tempDir();
    const { entry, starts } = readerThat(dir);
    const supervisor = without(() => superviseIngest(entry, settingsIn(dir)));
    await supervisor.stop();
    await sleep(1500);
    expect([supervisor.state().state, supervisor.pid(), starts()]).toEqual(['stopped', null, 0]);
  },
);

test.each(["process.kill(process.pid, 'SIGKILL');", 'process.exit(70);'])(
  'S14: a job over which readers die (%s) ends after the third',
  async (death) => {
    const dir = tempDir();
    const { entry, starts } = readerThat(dir, '', death);
    const supervisor = superviseIngest(entry, settingsIn(dir));
    const end = await supervisor.run({ kind: 'reparse', reportId: null }, () => undefined);
    expect(end.ok ? '' : end.message).toContain('ended 3 times');
    await expect.poll(starts, { timeout: 20_000 }).toBe(4);
    await sleep(1000);
    expect([starts(), supervisor.state()]).toEqual([4, { state: 'running', restarts: 3 }]);
    await supervisor.stop();
  },
);

test('S14: a job waits for as long as the store keeps readers from their work', async () => {
  const dir = tempDir();
  const isWell = `readFileSync(${JSON.stringify(path.join(dir, 'starts'))}).length > 3`;
  const finished = `process.send({ kind: 'finished', id, end: { ok: true, counts: {}, failures: [] } });`;
  const atJob = `if (${isWell}) ${finished} else process.exit(${GAVE_UP_STATUS});`;
  const supervisor = superviseIngest(readerThat(dir, '', atJob).entry, settingsIn(dir));
  const end = await supervisor.run({ kind: 'reparse', reportId: null }, () => undefined);
  expect(end).toMatchObject({ ok: true });
  expect(supervisor.state().restarts).toBe(3);
  await supervisor.stop();
});

test('S14: a reader that hangs is ended, and one that gives signs of life is not', async () => {
  const dir = tempDir();
  const { entry, starts } = readerThat(dir, 'for (;;);');
  const supervisor = superviseIngest(entry, settingsIn(dir), 1);
  for (let second = 0; second < 45 && starts() < 2; second += 1) await sleep(1000);
  expect(starts()).toBe(2);
  await sleep(25_000);
  expect(starts()).toBe(2);
  expect(supervisor.state()).toEqual({ state: 'running', restarts: 1 });
  await supervisor.stop();
});
