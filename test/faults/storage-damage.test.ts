import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom, integer } from '../../server/demo/random.ts';
import { generateReports } from '../generate/reports.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { ruadmap, ruadmapJson, startRuadmap, temporaryDir } from '../program.ts';
import { databaseDigest } from './database-digest.ts';
import { bytesOf, copyStore, type Damage, damages } from './storage-damage.ts';
import { killAll } from './storage-rig.ts';

const DAMAGES = 200;
const REBUILDS = 20;
const CASE_MS = 30_000;
const FOLDERS = 4;
const REPORTS_A_FOLDER = 40;

let work: ReturnType<typeof temporaryDir>;
let folders: string[];
let backup: string;
let golden: string;
const stores = { closed: '', killed: '' };

const importInto = (dataDir: string, from: readonly string[] = folders) =>
  ruadmapJson(['import', ...from, '--data', dataDir]);

/** Killed with both its processes while it owned the store: the last commits are in the log alone. */
async function killedStore(dataDir: string): Promise<void> {
  const program = await startRuadmap(['serve', '--data', dataDir]);
  for (const folder of folders) await importInto(dataDir, [folder]);
  await killAll(program);
}

beforeAll(async () => {
  work = temporaryDir();
  folders = Array.from({ length: FOLDERS }, (_, index) => path.join(work.dir, `reports-${index}`));
  for (const [index, folder] of folders.entries()) {
    mkdirSync(folder);
    const options = { seed: longRunSeed + index, reports: REPORTS_A_FOLDER };
    for (const { name, packed } of generateReports(options)) {
      writeFileSync(path.join(folder, name), packed);
    }
  }
  stores.closed = path.join(work.dir, 'closed');
  stores.killed = path.join(work.dir, 'killed');
  await importInto(stores.closed);
  await killedStore(stores.killed);
  golden = databaseDigest(stores.closed);
  backup = path.join(work.dir, 'backup.db');
  await ruadmapJson(['backup', backup, '--data', stores.closed]);
});
afterAll(() => work.remove());

const digestOrNull = (dataDir: string): string | null => {
  try {
    return databaseDigest(dataDir);
  } catch {
    return null;
  }
};

type Ending = 'start' | 'verify' | 'harmless' | 'read again';

/** How a damage ends, and that what was stored can be had back. @throws where it goes unnoticed */
async function endingOf(damage: Damage, dataDir: string): Promise<Ending> {
  copyStore(stores[damage.of], dataDir);
  damage.to(dataDir);
  const before = bytesOf(dataDir);
  const started = await ruadmap(['totals', '--data', dataDir]);
  if (started.status !== 0) {
    expect(started, damage.about).toMatchObject({ status: 65, stdout: '' });
    expect(started.stderr, damage.about).toMatch(/^ruadmap: .*(Restore|Use|Choose|Install).*\n$/);
    expect(bytesOf(dataDir) === before, `${damage.about}: refused and left as it is`).toBe(true);
    return 'start';
  }
  const verified = await ruadmap(['verify', '--json', '--data', dataDir]);
  expect(verified.status, `${damage.about}: ${verified.stderr}`).not.toBe(64);
  if (verified.status !== 0) return 'verify';
  if (digestOrNull(dataDir) === golden) return 'harmless';
  // The end of a log is lost as a power cut loses it: what was not marked as read is read again.
  expect(damage.of, `${damage.about}: not noticed`).toBe('killed');
  await importInto(dataDir);
  expect(digestOrNull(dataDir), `${damage.about}: not noticed`).toBe(golden);
  return 'read again';
}

test(
  'S06: damage is noticed at the start or by verify, or does nothing; a backup brings all back',
  async () => {
    const counts = { start: 0, verify: 0, harmless: 0, 'read again': 0 };
    const cases = damages(longRunSeed, inFullOrShare(DAMAGES, 16));
    for (const damage of cases) {
      const dataDir = path.join(work.dir, 'damaged');
      counts[await endingOf(damage, dataDir)] += 1;
      await ruadmapJson(['restore', backup, '--force', '--data', dataDir]);
      expect(databaseDigest(dataDir), damage.about).toBe(golden);
      rmSync(dataDir, { recursive: true });
    }
    const { length } = cases;
    printFigure({ figure: 'damaged stores', n: length, of: length, full: DAMAGES, ...counts });
  },
  DAMAGES * CASE_MS,
);

test(
  'S06: a database is rebuilt from its files, and restored from a backup, to the same',
  async () => {
    const times = inFullOrShare(REBUILDS, 2);
    for (let time = 0; time < times; time += 1) {
      const dataDir = path.join(work.dir, 'rebuilt');
      // In another order each time.
      const last = folders.slice(time % FOLDERS);
      await importInto(dataDir, last);
      const first = folders.slice(0, time % FOLDERS);
      if (first.length > 0) await importInto(dataDir, first);
      expect(databaseDigest(dataDir)).toBe(golden);
      const copy = path.join(work.dir, 'copy.db');
      await ruadmapJson(['backup', copy, '--force', '--data', dataDir]);
      rmSync(dataDir, { recursive: true });
      await ruadmapJson(['restore', copy, '--data', dataDir]);
      expect(databaseDigest(dataDir)).toBe(golden);
      rmSync(dataDir, { recursive: true });
    }
    printFigure({ figure: 'rebuilt and restored', n: times, of: times, full: REBUILDS });
  },
  REBUILDS * CASE_MS,
);

test(
  'a changed byte in a backup is noticed by restore or verify, or changes nothing',
  async () => {
    const random = createRandom(longRunSeed);
    const flips = inFullOrShare(DAMAGES, 8);
    const bytes = readFileSync(backup);
    const counts = { restore: 0, verify: 0, harmless: 0 };
    for (let count = 0; count < flips; count += 1) {
      const at = integer(random, bytes.length);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << integer(random, 8)), at);
      const [file, dataDir] = [path.join(work.dir, 'flipped.db'), path.join(work.dir, 'restored')];
      writeFileSync(file, flipped);
      const restored = await ruadmap(['restore', file, '--data', dataDir]);
      if (restored.status !== 0) {
        expect(restored.status, `byte ${at}: ${restored.stderr}`).toBe(65);
        counts.restore += 1;
      } else {
        const { status, stderr } = await ruadmap(['verify', '--json', '--data', dataDir]);
        expect(status, stderr).not.toBe(64);
        if (status !== 0) counts.verify += 1;
        else {
          expect(digestOrNull(dataDir), `byte ${at}`).toBe(golden);
          counts.harmless += 1;
        }
      }
      rmSync(dataDir, { recursive: true, force: true });
    }
    printFigure({ figure: 'damaged backups', n: flips, of: flips, full: DAMAGES, ...counts });
  },
  DAMAGES * CASE_MS,
);
