import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { isMissing, strace } from '../parts.ts';
import { programEntry } from '../program.ts';
import type { Fed } from './row.ts';

/** Calls by which a process makes or changes a file, or speaks to another. */
const TRACED = 'open,openat,creat,rename,renameat2,symlink,link,mkdir,unlink,connect,bind';
const MOST_SECONDS = 60;

/**
 * The built program reads the same mails, and writes nowhere but in its data directory, and speaks to
 * nobody: names in archives are never paths, and what documents point to is never fetched.
 */
export async function expectQuietProgram({ mailsDir }: Fed): Promise<void> {
  if (isMissing(strace)) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'ruadmap-calls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [dataDir, log] = [path.join(folder, 'data'), path.join(folder, 'calls')];
  const args = ['-f', '-e', `trace=${TRACED}`, '-o', log, process.execPath, programEntry];
  const status = await run([...args, 'import', mailsDir, '--data', dataDir]);
  const calls = readFileSync(log, 'utf8').split('\n');
  expect(status).toBe(0);
  const inData = calls.filter((call) => call.includes(`"${dataDir}/`) && isWrite(call));
  expect(inData.length, 'the trace sees writes').toBeGreaterThan(0);
  const elsewhere = calls.filter((call) => isWrite(call) && !call.includes(`"${dataDir}`));
  expect(elsewhere.filter((call) => !/"\/(?:dev|proc)\//.test(call))).toEqual([]);
  expect(calls.filter((call) => /sa_family=AF_INET/.test(call))).toEqual([]);
}

const isWrite = (call: string): boolean =>
  /O_CREAT|O_WRONLY|O_RDWR/.test(call) ||
  /\b(?:creat|rename|renameat2|symlink|link|mkdir|unlink)\(/.test(call);

const run = (args: readonly string[]): Promise<unknown> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', RUADMAP_RESOLVER: 'off' };
    const options = { env, timeout: MOST_SECONDS * 1000, cwd: tmpdir() };
    execFile(strace.path ?? '', args, options, (error) => {
      resolve(error === null ? 0 : (error.code ?? error.signal));
    });
  });
