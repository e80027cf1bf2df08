import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { IngestSettings } from '../../server/ingest-messages.ts';
import { superviseIngest } from '../../server/ingest-supervisor.ts';
import { tempDir } from './store/temp-store.ts';

/** A process that hangs for ever once it is ready, when it is started first; the next one is well. */
function hangsOnce(dir: string): { entry: string; starts: () => number } {
  const [entry, log] = [path.join(dir, 'process.mjs'), path.join(dir, 'starts')];
  writeFileSync(
    entry,
    `import { appendFileSync, readFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(log)}, '.');
     process.on('disconnect', () => process.exit());
     process.on('message', ({ kind }) => {
       if (kind === 'stop') process.exit();
       process.send({ kind: 'ready' }, () => {
         if (readFileSync(${JSON.stringify(log)}).length === 1) for (;;);
       });
       setInterval(() => process.send({ kind: 'alive' }), 1000);
     });`,
  );
  appendFileSync(log, '');
  return { entry, starts: () => readFileSync(log).length };
}

test('S14: a reader that hangs is ended, and one that gives signs of life is not', async () => {
  const dir = tempDir();
  const { entry, starts } = hangsOnce(dir);
  const settings: IngestSettings = {
    ...{ dataDir: dir, keyFile: null, pollSeconds: 600, logLevel: 'warn', mailbox: null },
    keep: { xml: null, refused: null, otherMail: null },
  };
  const supervisor = superviseIngest(entry, settings, 1);
  for (let second = 0; second < 45 && starts() < 2; second += 1) await sleep(1000);
  expect(starts()).toBe(2);
  await sleep(25_000);
  expect(starts()).toBe(2);
  expect(supervisor.state()).toEqual({ state: 'running', restarts: 1 });
  await supervisor.stop();
});
