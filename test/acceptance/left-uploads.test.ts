import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { reportXml } from '../ingest/a-report.ts';
import { type RunningProgram, ruadmapJson, startRuadmap, temporaryDir } from '../program.ts';

const work = temporaryDir();
let running: RunningProgram | null = null;
afterEach(async () => {
  await running?.stop();
  work.remove();
});

test('an upload that was accepted before the program was killed is imported at the next start', async () => {
  const dataDir = path.join(work.dir, 'data');
  const spool = path.join(dataDir, 'spool');
  mkdirSync(spool, { recursive: true, mode: 0o700 });
  const name = '0b7c2f50-7d2e-4a57-9d5b-0a2f9a1e5c11 r%C3%A9port.xml.upload';
  writeFileSync(path.join(spool, name), reportXml());
  running = await startRuadmap(['serve', '--data', dataDir]);
  await expect
    .poll(() => ruadmapJson(['totals', '--data', dataDir]), { timeout: 20_000 })
    .toMatchObject({ reports: 1, messages: 5 });
  await expect.poll(() => readdirSync(spool), { timeout: 10_000 }).toEqual([]);
});
