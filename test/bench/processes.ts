import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** The project's folder: benches run compiled, from .bench/test/bench. */
export const projectDir = path.resolve(import.meta.dirname, '../../..');
export const programEntry = path.join(projectDir, 'dist/server/main.js');
export const benchEntry = (name: string): string => path.join(import.meta.dirname, `${name}.js`);

export interface Timed {
  seconds: number;
  output: Record<string, unknown>;
}

const run = promisify(execFile);

/** Runs a whole Node process that prints one JSON object, and times it from the outside. */
export const timedProcess = (
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Timed> => timedCommand([process.execPath, ...args], env);

/** The same for any command. */
export async function timedCommand(
  [file = '', ...args]: readonly string[],
  env: Record<string, string> = {},
): Promise<Timed> {
  const startedMs = performance.now();
  const { stdout } = await run(file, args, {
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const seconds = (performance.now() - startedMs) / 1000;
  return { seconds, output: JSON.parse(stdout) as Record<string, unknown> };
}

/** Runs with a folder of its own, removed afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ruadmap-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
