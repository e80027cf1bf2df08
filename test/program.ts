import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The built program, as a user runs it. `npm test` builds it first. */
export const projectDir = path.resolve(import.meta.dirname, '..');
export const programEntry = path.join(projectDir, 'dist/server/main.js');

export interface Ended {
  status: number;
  stdout: string;
  stderr: string;
}

type Env = Record<string, string>;

/** Only what a test sets, so that settings of the machine do not leak into it; and no name server. */
const cleanEnv = (env: Env): Env => ({
  PATH: process.env['PATH'] ?? '',
  RUADMAP_RESOLVER: 'off',
  ...env,
});

/** Runs one command of the built program to its end. */
export function ruadmap(args: readonly string[], env: Env = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: cleanEnv(env), maxBuffer: 64 * 1024 * 1024, cwd: tmpdir() };
    execFile(process.execPath, [programEntry, ...args], options, (error, stdout, stderr) => {
      const code = error?.code;
      resolve({
        status: error === null ? 0 : typeof code === 'number' ? code : -1,
        stdout,
        stderr,
      });
    });
  });
}

/** Runs a command with `--json` that must succeed. */
export async function ruadmapJson<T>(args: readonly string[], env: Env = {}): Promise<T> {
  const { status, stdout, stderr } = await ruadmap([...args, '--json'], env);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

export interface RunningProgram {
  url: string;
  process: ChildProcess;
  /** Everything it wrote to standard error so far. */
  errors(): string;
  stop(): Promise<number | null>;
}

/**
 * Starts `ruadmap serve` (or another command that serves) on a free port and waits until it listens.
 * @param through a command that becomes the program, such as one that sets its limits.
 */
export async function startRuadmap(
  args: readonly string[],
  env: Env = {},
  through: readonly string[] = [],
): Promise<RunningProgram> {
  const [command = '', ...rest] = [...through, process.execPath, programEntry, ...args];
  const child = spawn(command, [...rest, '--port', '0'], {
    env: cleanEnv(env),
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/\S+/.exec(line)?.[0];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code ?? 'a signal'}: ${errors}`)));
  });
  return {
    url,
    process: child,
    errors: () => errors,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      return child.exitCode;
    },
  };
}

/** A data directory of its own for one test. */
export function temporaryDir(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'ruadmap-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
