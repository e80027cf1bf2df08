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
  const { status, stderr } = await run(['import', folder, '--data', dataDir, '--json']);
  const peakKib = /peak-kib (\d+)$/.exec(stderr)?.[1];
  expect({ status, stderr }).toEqual({ status: 0, stderr: `peak-kib ${peakKib ?? '?'}` });
  expect(Number(peakKib) / 1024).toBeLessThan(MOST_RESIDENT_MIB);
}

function run(args: readonly string[]): Promise<{ status: unknown; stderr: string }> {
  const env = {
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
    execFile(process.execPath, [programEntry, ...args], options, (error, _, stderr) => {
      resolve({ status: error === null ? 0 : (error.code ?? error.signal), stderr });
    });
  });
}
