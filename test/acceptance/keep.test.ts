import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeNextKey } from '../../server/key-rotation.ts';
import { openKey, seal, unseal } from '../../server/secrets.ts';
import { openReader, openSettings } from '../../server/store/open.ts';
import { resealSecrets } from '../../server/store/reseal.ts';
import { generateReports } from '../generate/reports.ts';
import {
  programEntry,
  ruadmap,
  ruadmapJson,
  type RunningProgram,
  startRuadmap,
  temporaryDir,
} from '../program.ts';

let work: ReturnType<typeof temporaryDir>;
let dataDir: string;
let backup: string;
let running: RunningProgram | null;

beforeEach(() => {
  work = temporaryDir();
  dataDir = path.join(work.dir, 'data');
  backup = path.join(work.dir, 'backup.db');
  running = null;
});
afterEach(async () => {
  await running?.stop();
  work.remove();
});

function reportsFolder(reports: number, seed = 7): string {
  const folder = path.join(work.dir, `reports-${seed}`);
  mkdirSync(folder);
  for (const { name, packed } of generateReports({ seed, reports })) {
    writeFileSync(path.join(folder, name), packed);
  }
  return folder;
}

const imported = (reports: number, seed = 7) =>
  ruadmapJson(['import', reportsFolder(reports, seed), '--data', dataDir]);
const totals = (of = dataDir) =>
  ruadmapJson<{ reports: number; messages: number }>(['totals', '--data', of]);

const PASSWORD = 'correct horse battery';

async function storeMailbox(): Promise<void> {
  const key = openKey(dataDir, null);
  if (!key.ok) throw new Error(key.problem.message);
  const settings = openSettings({ dataDir });
  const address = { user: 'u', host: '127.0.0.1', port: 1, security: 'plain', folder: 'INBOX' };
  await settings.saveMailbox({ ...address, security: 'plain' }, seal(key.value, PASSWORD), null);
  await settings.close();
}

async function openedPassword(): Promise<string | null> {
  const key = openKey(dataDir, null);
  const reader = openReader({ dataDir });
  const stored = (await reader.mailboxes()).find(({ origin }) => origin === 'stored');
  await reader.close();
  if (!key.ok || !stored?.secret) throw new Error('There is no key or no stored secret.');
  return unseal(key.value, stored.secret);
}

describe('backup', () => {
  test('S10: taken again and again while an import runs, is whole each time and a state of that store', async () => {
    const folder = reportsFolder(1500);
    const child = spawn(process.execPath, [programEntry, 'import', folder, '--data', dataDir]);
    const ended = once(child, 'exit');
    for (let wait = 0; wait < 500 && !existsSync(path.join(dataDir, 'ruadmap.created')); wait++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const counts: number[] = [];
    while (child.exitCode === null && counts.length < 20) {
      const made = await ruadmapJson<{ reports: number; messages: number }>([
        'backup',
        backup,
        '--force',
        '--data',
        dataDir,
      ]);
      const copy = path.join(work.dir, `copy-${counts.length}`);
      await ruadmapJson(['restore', backup, '--data', copy]);
      expect(await totals(copy)).toMatchObject({ reports: made.reports, messages: made.messages });
      counts.push(made.reports);
    }
    await ended;
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.some((count) => count < 1500)).toBe(true);
    await ruadmapJson(['backup', backup, '--force', '--data', dataDir]);
    await ruadmapJson(['restore', backup, '--data', path.join(work.dir, 'last')]);
    expect(await totals(path.join(work.dir, 'last'))).toEqual(await totals());
  });

  test('is one file, closed to others, without the key or a stored password', async () => {
    await imported(3);
    await storeMailbox();
    const { stdout } = await ruadmap(['backup', backup, '--data', dataDir]);
    expect(stdout).toContain('The key that opens stored mailbox passwords is not in it');
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readdirSync(work.dir).filter((name) => name.startsWith('backup'))).toEqual([
      'backup.db',
    ]);
    const bytes = readFileSync(backup);
    const key = readFileSync(path.join(dataDir, 'secret.key'), 'utf8').trim();
    for (const secret of [PASSWORD, key, Buffer.from(key, 'hex')]) {
      expect(bytes.includes(secret)).toBe(false);
    }
  });

  test('does not overwrite a file unless told to', async () => {
    await imported(2);
    writeFileSync(backup, 'mine');
    const { status, stderr } = await ruadmap(['backup', backup, '--data', dataDir]);
    expect(status).toBe(64);
    expect(stderr).toContain('--force');
    expect(readFileSync(backup, 'utf8')).toBe('mine');
    expect(await ruadmapJson(['backup', backup, '--force', '--data', dataDir])).toMatchObject({
      reports: 2,
    });
  });

  test('into a folder that is not there says so and leaves nothing', async () => {
    await imported(2);
    const target = path.join(work.dir, 'none', 'backup.db');
    const { status, stderr } = await ruadmap(['backup', target, '--data', dataDir]);
    expect(status).toBe(78);
    expect(stderr).toContain('none');
  });
});

describe('restore', () => {
  test('keeps the database that was there under a dated name, only when told to', async () => {
    await imported(5);
    await ruadmapJson(['backup', backup, '--data', dataDir]);
    const atBackup = await totals();
    await imported(4, 8);
    const later = await totals();
    expect((await ruadmap(['restore', backup, '--data', dataDir])).status).toBe(78);
    expect(await totals()).toEqual(later);
    const { keptAs } = await ruadmapJson<{ keptAs: string }>([
      'restore',
      backup,
      '--force',
      '--data',
      dataDir,
    ]);
    expect(await totals()).toEqual(atBackup);
    const old = path.join(work.dir, 'old');
    await ruadmapJson(['restore', keptAs, '--data', old]);
    expect(await totals(old)).toEqual(later);
  });

  test('is refused while another process owns the data directory', async () => {
    await imported(2);
    await ruadmapJson(['backup', backup, '--data', dataDir]);
    running = await startRuadmap(['serve', '--data', dataDir]);
    expect((await ruadmap(['restore', backup, '--force', '--data', dataDir])).status).toBe(69);
    expect(await totals()).toMatchObject({ reports: 2 });
  });

  test('says how many mailbox passwords need the key', async () => {
    await imported(2);
    await storeMailbox();
    await ruadmapJson(['backup', backup, '--data', dataDir]);
    const other = path.join(work.dir, 'other');
    expect(await ruadmapJson(['restore', backup, '--data', other])).toMatchObject({
      passwordsNeeded: 1,
    });
    copyFileSync(path.join(dataDir, 'secret.key'), path.join(other, 'secret.key'));
    expect(await ruadmapJson(['restore', backup, '--force', '--data', other])).toMatchObject({
      passwordsNeeded: 0,
    });
  });

  const inBackup = (sql: string) => (): void => {
    const database = new Database(backup);
    database.exec(sql);
    database.close();
  };
  test.each<[string, () => void]>([
    ['cut to half its length', () => truncateSync(backup, Math.floor(statSync(backup).size / 2))],
    ['of text', () => writeFileSync(backup, 'no database at all, but long enough. '.repeat(100))],
    ['that is empty', () => truncateSync(backup, 0)],
    ['of another program', inBackup('PRAGMA application_id = 1')],
    ['of a newer version', inBackup('PRAGMA user_version = 9999')],
    [
      'with a page overwritten',
      () => {
        const bytes = readFileSync(backup);
        bytes.fill(0xff, 4096 * 3, 4096 * 4);
        writeFileSync(backup, bytes);
      },
    ],
  ])('refuses a file %s, and leaves the database as it was', async (_, spoil) => {
    await imported(20);
    await ruadmapJson(['backup', backup, '--data', dataDir]);
    const before = await totals();
    const names = readdirSync(dataDir).sort();
    spoil();
    const { status, stderr } = await ruadmap(['restore', backup, '--force', '--data', dataDir]);
    expect([status, stderr]).toEqual([65, expect.stringContaining('ruadmap: ')]);
    expect(await totals()).toEqual(before);
    expect(readdirSync(dataDir).sort()).toEqual(names);
  });
});

describe('key rotate', () => {
  const keyText = (): string => readFileSync(path.join(dataDir, 'secret.key'), 'utf8');

  test('the stored password opens with the new key alone', async () => {
    await imported(1);
    await storeMailbox();
    const old = openKey(dataDir, null);
    expect(await ruadmapJson(['key', 'rotate', '--data', dataDir])).toMatchObject({
      resealed: 1,
      unreadable: 0,
    });
    expect(await openedPassword()).toBe(PASSWORD);
    expect(statSync(path.join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(existsSync(path.join(dataDir, 'secret.key.new'))).toBe(false);
    expect(old.ok && old.value.id).not.toBe(openKeyId());
  });

  const openKeyId = (): string => {
    const key = openKey(dataDir, null);
    if (!key.ok) throw new Error(key.problem.message);
    return key.value.id;
  };

  test.each<[string, () => void]>([
    [
      'while the new key is being written',
      () => writeFileSync(path.join(dataDir, 'secret.key.new'), '12ab', { mode: 0o600 }),
    ],
    ['before the secrets are sealed anew', () => void makeNextKey(keyFile())],
    [
      'before the new key takes its place',
      () => {
        const key = openKey(dataDir, null);
        if (!key.ok) throw new Error(key.problem.message);
        const next = makeNextKey(keyFile());
        const { value } = key;
        resealSecrets(dataDir, (sealed) => seal(next, unseal(value, sealed) ?? ''));
      },
    ],
  ])('cut off %s, leaves the password readable and is finished by the next', async (_, cut) => {
    await imported(1);
    await storeMailbox();
    const before = keyText();
    cut();
    expect(await openedPassword()).toBe(PASSWORD);
    expect(await ruadmapJson(['key', 'rotate', '--data', dataDir])).toMatchObject({
      resealed: 1,
      unreadable: 0,
    });
    expect(await openedPassword()).toBe(PASSWORD);
    expect(keyText()).not.toBe(before);
    expect(existsSync(`${keyFile()}.new`)).toBe(false);
  });

  const keyFile = (): string => path.join(dataDir, 'secret.key');

  test('takes the key file of the setting', async () => {
    await imported(1);
    const elsewhere = path.join(work.dir, 'elsewhere.key');
    writeFileSync(elsewhere, 'ab'.repeat(32), { mode: 0o600 });
    await ruadmapJson(['key', 'rotate', '--data', dataDir], { RUADMAP_KEY_FILE: elsewhere });
    expect(readFileSync(elsewhere, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(readFileSync(elsewhere, 'utf8')).not.toContain('abababab');
    expect(existsSync(keyFile())).toBe(false);
  });

  test('is refused while another process owns the data directory', async () => {
    await imported(1);
    running = await startRuadmap(['serve', '--data', dataDir]);
    const before = keyText();
    expect((await ruadmap(['key', 'rotate', '--data', dataDir])).status).toBe(69);
    expect(keyText()).toBe(before);
  });
});

interface Diagnosis {
  toDo: number;
  findings: { part: string; seen: string; todo: string | null }[];
}

describe('doctor', () => {
  const doctor = async (...args: string[]) => {
    const port = ['--port', '0'];
    const { status, stdout } = await ruadmap([
      'doctor',
      '--data',
      dataDir,
      '--json',
      ...port,
      ...args,
    ]);
    const { findings } = JSON.parse(stdout) as Diagnosis;
    return { status, toDo: findings.filter(({ todo }) => todo !== null).map(({ part }) => part) };
  };

  test('finds nothing to do in a sound store, and makes nothing where there is none', async () => {
    expect(await doctor()).toEqual({ status: 0, toDo: [] });
    expect(existsSync(dataDir)).toBe(false);
    await imported(2);
    await storeMailbox();
    expect(await doctor()).toEqual({ status: 0, toDo: [] });
  });

  test('tells when the store was last verified and copied, and what differed then', async () => {
    await imported(2);
    await ruadmapJson(['backup', backup, '--data', dataDir]);
    await ruadmapJson(['verify', '--data', dataDir]);
    const told = async () => (await ruadmap(['doctor', '--data', dataDir, '--port', '0'])).stdout;
    expect(await told()).toMatch(/fine {3}verified: On \d{4}-\d\d-\d\d: all is as it was read\./);
    expect(await told()).toContain(`backup: ${backup}, of `);
    const database = new Database(path.join(dataDir, 'ruadmap.db'));
    database.exec('UPDATE reporter_day SET messages = messages + 1');
    database.close();
    expect((await ruadmap(['verify', '--data', dataDir])).status).toBe(65);
    expect(await doctor()).toEqual({ status: 78, toDo: ['verified'] });
  });

  test('looks at a store of an older version, and leaves it as it is', async () => {
    await imported(2);
    const database = new Database(path.join(dataDir, 'ruadmap.db'));
    const { version } = database.prepare('SELECT max(version) AS version FROM migration').get() as {
      version: number;
    };
    database.exec('DROP TABLE upkeep; DROP TABLE forgotten_report; DROP TABLE ledger_let_go');
    database.exec(`DELETE FROM migration WHERE version = ${version}`);
    database.pragma(`user_version = ${version - 1}`);
    database.close();
    const { stdout } = await ruadmap(['doctor', '--data', dataDir, '--port', '0']);
    expect(stdout).toContain(`schema ${version - 1}, brought up to date at the next start`);
  });

  test.each<[string, string, () => void]>([
    ['an open data directory', 'data directory', () => chmodSync(dataDir, 0o755)],
    ['an open key', 'key', () => chmodSync(path.join(dataDir, 'secret.key'), 0o644)],
    [
      'the wrong key',
      'key',
      () => writeFileSync(path.join(dataDir, 'secret.key'), 'ab'.repeat(32)),
    ],
    ['a cut off rotation', 'key', () => void makeNextKey(path.join(dataDir, 'secret.key'))],
    [
      'a damaged database',
      'database',
      () => truncateSync(path.join(dataDir, 'ruadmap.db'), 4096 * 10),
    ],
  ])('tells of %s', async (_, part, spoil) => {
    await imported(2);
    await storeMailbox();
    spoil();
    const { status, toDo } = await doctor();
    expect(status).toBe(78);
    expect(toDo).toContain(part);
  });

  test('tells of a wrong setting and looks at the rest, without printing a password', async () => {
    await imported(1);
    const { status, stdout, stderr } = await ruadmap(['doctor', '--data', dataDir], {
      RUADMAP_PORT: 'x',
      RUADMAP_IMAP_URL: 'imap://u@127.0.0.1:1',
      RUADMAP_IMAP_PASSWORD: PASSWORD,
    });
    expect(status).toBe(78);
    expect(stdout).toContain('RUADMAP_PORT');
    expect(stdout).toContain('fine   database');
    expect(stdout + stderr).not.toContain(PASSWORD);
  });

  test('asks the mailbox only when told to', async () => {
    await imported(1);
    await storeMailbox();
    expect((await doctor()).status).toBe(0);
    expect((await doctor('--connect')).toDo).toEqual(['mailbox u at 127.0.0.1, INBOX']);
  });
});
