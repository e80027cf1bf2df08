import { existsSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { own } from '../data-dir.ts';
import { keyPath, nextKeyPath, readKey, unseal } from '../secrets.ts';
import { examineStoreFile } from '../store/examine.ts';
import { openReader } from '../store/open.ts';
import type { AfterState, StoredMailbox, Upkeep } from '../store/store.ts';
import { fileState, storeFiles } from '../store/store-files.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** Below this, a large report or a long log of SQLite may find no room. */
const LEAST_FREE_BYTES = 256 * 1024 * 1024;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

/** Mode, room and owner of the data directory. Makes nothing where there is none. */
export function lookAtDataDir(dataDir: string): Finding[] {
  if (!existsSync(dataDir)) {
    return [fine('data directory', `${dataDir} is not there yet; the first start makes it.`)];
  }
  return [lookAtMode(dataDir), lookAtRoom(dataDir), lookAtOwner(dataDir)];
}

export function lookAtMode(dataDir: string): Finding {
  const mode = statSync(dataDir).mode & 0o777;
  if ((mode & 0o077) === 0) return fine('data directory', `${dataDir} is closed to others.`);
  return wrong('data directory', `Others can look into ${dataDir}.`, `chmod 700 ${dataDir}`);
}

export function lookAtRoom(dataDir: string): Finding {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const room = `${megabytes(free)} are free`;
  if (free >= LEAST_FREE_BYTES) return fine('room', `${room}.`);
  return wrong('room', `Only ${room}.`, 'Free some on the disk of the data directory.');
}

function lookAtOwner(dataDir: string): Finding {
  if (!existsSync(path.join(dataDir, 'owner.lock'))) return fine('owner', 'No process writes.');
  const { lock, ownerPid } = own(dataDir);
  lock?.release();
  if (lock !== null) return fine('owner', 'No process writes.');
  return fine('owner', `Process ${ownerPid ?? 'of an unknown number'} writes.`);
}

/** Whether the database is there, sound and of this version; one of an older version is not read. */
export function lookAtDatabase(
  dataDir: string,
  migrationsDir: string,
): Finding & { isReadable: boolean } {
  const { finding, isReadable = false } = lookAtFile(dataDir, migrationsDir);
  return { ...finding, isReadable };
}

function lookAtFile(
  dataDir: string,
  migrationsDir: string,
): { finding: Finding; isReadable?: boolean } {
  const files = storeFiles(dataDir);
  const state = fileState(files);
  if (state === 'first-run') {
    return { finding: fine('database', 'There is none yet; the first start makes it.') };
  }
  if (state === 'missing') {
    const seen = 'There was a database, and it is gone or empty.';
    return { finding: wrong('database', seen, 'Restore a backup: ruadmap restore FILE.') };
  }
  const facts = examineStoreFile(files.database, migrationsDir, 'quick');
  if (!facts.ok) {
    const { reason, detail } = facts.problem;
    const todo =
      reason === 'newer-schema' || reason === 'migration-changed'
        ? 'Install the version of Ruadmap that made it.'
        : 'Restore a backup with ruadmap restore FILE --force, or see what the message says.';
    return { finding: wrong('database', detail, todo) };
  }
  const { bytes, schemaVersion, schemaBehind } = facts.value;
  const age = schemaBehind === 0 ? '' : ', brought up to date at the next start';
  const seen = `Sound; schema ${schemaVersion}${age}; ${megabytes(bytes)}.`;
  return { finding: fine('database', seen), isReadable: schemaBehind === 0 };
}

interface ReadPlace {
  mailboxes: StoredMailbox[];
  afterStates: AfterState[];
  newestReportSeconds: number | null;
  upkeep: Upkeep[];
}

export const NOTHING_READ: ReadPlace = {
  mailboxes: [],
  afterStates: [],
  newestReportSeconds: null,
  upkeep: [],
};

/** What later looks need from a database that was found readable. */
export async function readPlace(dataDir: string): Promise<ReadPlace> {
  const reader = openReader({ dataDir });
  try {
    const [mailboxes, afterStates, newestReportSeconds, upkeep] = await Promise.all([
      reader.mailboxes(),
      reader.afterStates(),
      reader.newestReportEnd(),
      reader.upkeep(),
    ]);
    return { mailboxes, afterStates, newestReportSeconds, upkeep };
  } finally {
    await reader.close();
  }
}

/** Whether the key is there, closed to others, and opens what is stored. Makes none. */
export function lookAtKey(
  dataDir: string,
  keyFile: string | null,
  mailboxes: readonly StoredMailbox[],
): Finding {
  const file = keyPath(dataDir, keyFile);
  const sealed = mailboxes.flatMap(({ secret }) => secret ?? []);
  if (!existsSync(file)) {
    if (sealed.length === 0) return fine('key', 'There is none yet; the first start makes it.');
    const seen = `${file} is gone, and ${sealed.length} stored passwords need it.`;
    return wrong('key', seen, 'Put it back, or enter the passwords again on the page.');
  }
  if ((statSync(file).mode & 0o077) !== 0) {
    return wrong('key', `Others can read ${file}.`, `chmod 600 ${file}`);
  }
  const key = readKey(file);
  if (key === null) {
    return wrong('key', `${file} holds no key of 64 hex digits.`, 'Put the right one back.');
  }
  const next = readKey(nextKeyPath(file));
  if (next !== null) {
    const todo = 'Bring it to its end: ruadmap key rotate.';
    return wrong('key', 'A rotation of the key was cut off; both keys are there.', todo);
  }
  const closed = sealed.filter((secret) => unseal(key, secret) === null).length;
  if (closed === 0) return fine('key', `${file} opens all ${sealed.length} stored passwords.`);
  return wrong(
    'key',
    `${closed} of ${sealed.length} stored passwords were sealed with another key.`,
    `Put the right key at ${file}, or enter the passwords again on the page.`,
  );
}
