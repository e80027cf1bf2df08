import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKey, seal, unseal } from '../../server/secrets.ts';
import { openReader, openSettings } from '../../server/store/open.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { isMissing, strace } from '../parts.ts';
import { ruadmap, ruadmapJson, temporaryDir } from '../program.ts';
import { digestOf } from '../server/store/digest.ts';
import { type Golden, goldenMailbox } from './golden-mailbox.ts';
import { killOver } from './kill-over.ts';
import {
  expectGoldenRows,
  expectGoldenTotals,
  expectSumsOfRows,
  expectWhole,
  query,
} from './store-truth.ts';

const PASSWORD = 'correct horse battery';
/** Calls of one command that change a file, at most so many of them, evenly spread. */
const POINTS = 12;
const pointsWanted = (): number => inFullOrShare(POINTS, 3);

let work: ReturnType<typeof temporaryDir>;
let golden: Golden;
let mails: string;
/** Stores of the golden mails, and of the first half of them. */
let whole: string;
let half: string;
let backup: string;
let dirs = 0;

const fresh = (name: string): string => path.join(work.dir, `${name}-${(dirs += 1)}`);
const copyOf = (store: string): string => {
  const copy = fresh('data');
  cpSync(store, copy, { recursive: true });
  return copy;
};

const figure = (command: string, kills: number): void =>
  printFigure({ figure: `kills-${command}`, n: kills, of: kills, full: POINTS });

describe.skipIf(isMissing(strace))('S01: a command that is killed over any of its files', () => {
  beforeAll(async () => {
    work = temporaryDir();
    golden = goldenMailbox({
      ...{ seed: longRunSeed, reports: 60, others: 20, repeats: 10, conflicts: 8 },
    });
    mails = fresh('mails');
    const some = fresh('mails');
    for (const [place, mail] of golden.mails.entries()) {
      const name = `${String(place).padStart(4, '0')}.eml`;
      for (const folder of place % 2 === 0 ? [mails, some] : [mails]) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(path.join(folder, name), mail);
      }
    }
    [whole, half] = [fresh('data'), fresh('data')];
    await ruadmapJson(['import', mails, '--data', whole]);
    await ruadmapJson(['import', some, '--data', half]);
    await storeMailbox(whole);
    backup = path.join(work.dir, 'backup.db');
    await ruadmapJson(['backup', backup, '--data', whole]);
  });
  afterAll(() => work.remove());

  test('import: what it had stored is there, and the next one brings the rest, once', async () => {
    const kills = await killOver(
      pointsWanted(),
      () => {
        const root = fresh('data');
        return { root, args: ['import', mails, '--data', root] };
      },
      async ({ root }) => {
        expectWhole(root);
        await ruadmapJson(['import', mails, '--data', root]);
        expectWhole(root);
        expectGoldenRows(root, golden);
        expectSumsOfRows(root);
        await expectGoldenTotals(root, golden);
        const states = query(root, 'SELECT state, count(*) AS mails FROM message GROUP BY 1');
        expect(states).toEqual([{ state: 'done', mails: distinctMails() }]);
      },
    );
    figure('import', kills);
  }, 600_000);

  /** Files of one name and content are one. */
  const distinctMails = (): number => golden.mails.length;

  test('backup: the store is as it was, and under the name is a whole copy or nothing', async () => {
    const kills = await killOver(
      pointsWanted(),
      () => {
        const root = fresh('place');
        cpSync(whole, path.join(root, 'data'), { recursive: true });
        const target = path.join(root, 'backup.db');
        return { root, target, args: ['backup', target, '--data', path.join(root, 'data')] };
      },
      async ({ root, target, args }) => {
        expect(digestOf(path.join(root, 'data'))).toBe(digestOf(whole));
        if (existsSync(target)) await expectCopy(target);
        await ruadmapJson([...args, '--force']);
        await expectCopy(target);
        expect(readdirSync(root).sort()).toEqual(['backup.db', 'data']);
      },
    );
    figure('backup', kills);
  }, 600_000);

  async function expectCopy(file: string): Promise<void> {
    const restored = fresh('data');
    await ruadmapJson(['restore', file, '--data', restored]);
    expect(digestOf(restored)).toBe(digestOf(whole));
  }

  test('restore: there is the old store or the new one or word of it, and the next one ends it', async () => {
    const kills = await killOver(
      pointsWanted(),
      () => {
        const root = copyOf(half);
        return { root, args: ['restore', backup, '--force', '--data', root] };
      },
      async ({ root, args }) => {
        const { status, stderr } = await ruadmap(['totals', '--data', root]);
        if (status === 0) expect([digestOf(half), digestOf(whole)]).toContain(digestOf(root));
        else expect([status, stderr]).toEqual([65, expect.stringMatching(/restore/i)]);
        await ruadmapJson(args);
        expect(digestOf(root)).toBe(digestOf(whole));
        await expectKeptBeside(root);
        expect(readdirSync(root).filter((name) => name.includes('restoring'))).toEqual([]);
      },
    );
    figure('restore', kills);
  }, 600_000);

  /** The old store, all of it, can be had back from under its dated name. */
  async function expectKeptBeside(root: string): Promise<void> {
    const kept = readdirSync(root).filter(
      (name) => /before-[^/]*$/.test(name) && !/-(?:wal|shm)$/.test(name),
    );
    const digests: string[] = [];
    for (const name of kept) {
      const again = fresh('data');
      await ruadmapJson(['restore', path.join(root, name), '--data', again]);
      digests.push(digestOf(again));
    }
    expect(digests).toContain(digestOf(half));
  }

  test('key rotate: the stored password opens at any time, and the next one ends it', async () => {
    const kills = await killOver(
      pointsWanted(),
      () => {
        const root = copyOf(whole);
        return { root, args: ['key', 'rotate', '--data', root] };
      },
      async ({ root, args }) => {
        expectWhole(root);
        expect(await openedPassword(root)).toBe(PASSWORD);
        expect(await ruadmapJson(args)).toMatchObject({ resealed: 1, unreadable: 0 });
        expect(await openedPassword(root)).toBe(PASSWORD);
        expect(existsSync(path.join(root, 'secret.key.new'))).toBe(false);
        expect(digestOf(root)).toBe(digestOf(whole));
      },
    );
    figure('key-rotate', kills);
  }, 600_000);
});

async function storeMailbox(dataDir: string): Promise<void> {
  const key = openKey(dataDir, null);
  if (!key.ok) throw new Error(key.problem.message);
  const settings = openSettings({ dataDir });
  const address = { user: 'u', host: '127.0.0.1', port: 1, security: 'plain', folder: 'INBOX' };
  await settings.saveMailbox({ ...address, security: 'plain' }, seal(key.value, PASSWORD), null);
  await settings.close();
}

async function openedPassword(dataDir: string): Promise<string | null> {
  const key = openKey(dataDir, null);
  if (!key.ok) throw new Error(key.problem.message);
  const reader = openReader({ dataDir });
  const stored = (await reader.mailboxes()).find(({ origin }) => origin === 'stored');
  await reader.close();
  return stored?.secret ? unseal(key.value, stored.secret) : null;
}
