import { execFile } from 'node:child_process';
import { expect } from 'vitest';
import { programEntry } from '../program.ts';

/** As the supervisor gives its reader. */
const HEAP_MIB = 192;
const MOST_RESIDENT_MIB = 300;
const MOST_SECONDS = 120;

// A process inherits the peak of resourceUsage() from the one that started it.
const TELL_PEAK = `
  import { readFileSync } from 'node:fs';
  process.on('exit', () => {
    const [, kib] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    process.stderr.write('peak-kib ' + kib);
  });`;

/**
 * `ruadmap import` by the built program, with the heap of its ingest process.
 * @throws where it ends by itself, takes too long or holds too much at once.
 */
export async function importInOwnProcess(folder: string, dataDir: string): Promise<void> {
  const args = ['import', folder, '--data', dataDir, '--json'];
  const { status, stderr, peakMib } = await runInOwnProcess(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(peakMib).toBeLessThan(MOST_RESIDENT_MIB);
}

export interface OwnRun {
  status: unknown;
  stdout: string;
  stderr: string;
  /** The most that it ever held, in MiB; NaN where it did not end by itself. */
  peakMib: number;
}

/** A command of the built program, with the heap of its ingest process. */
export function runInOwnProcess(
  args: readonly string[],
  more: Record<string, string> = {},
): Promise<OwnRun> {
  const env = {
    ...more,
    PATH: process.env['PATH'] ?? '',
    RUADMAP_RESOLVER: 'off',
    NODE_OPTIONS: [
      `--max-old-space-size=${HEAP_MIB}`,
      '--max-semi-space-size=8',
      `--import=data:text/javascript,${encodeURIComponent(TELL_PEAK)}`,
    ].join(' '),
  };
  const options = { env, timeout: MOST_SECONDS * 1000, killSignal: 'SIGKILL' as const };
  return new Promise((resolve) => {
    execFile(process.execPath, [programEntry, ...args], options, (error, stdout, told) => {
      const [, stderr = told, peakKib] = /^(.*)peak-kib (\d+)$/s.exec(told) ?? [];
      const status = error === null ? 0 : (error.code ?? error.signal);
      resolve({ status, stdout, stderr, peakMib: Number(peakKib) / 1024 });
    });
  });
}
