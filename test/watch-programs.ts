import childProcess, { type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, afterEach } from 'vitest';

/**
 * Runs in every test process before its tests: whatever a test starts of the built program is listened
 * to, however it is started, and one that ends over an error that nobody caught fails the test.
 */

/** Where every program that ended is noted, a line each, for the figure of the whole run. */
const FAULT_LOG = 'RUADMAP_TEST_FAULT_LOG';

const OWN_PROGRAM = /dist\/server\/(?:main|ingest-process)\.js/;
const FAULT = /a fault in the program|^FATAL ERROR|^Node\.js v\d|^(?:Uncaught|Unhandled)\b/im;
const FAULT_STATUS = 70;

interface Ended {
  /** What it said, where it ended over an error that nobody caught. */
  fault: string | null;
}

let ended: Ended[] = [];

/** Faults that a test has brought about, and looks at itself. */
export function takeFaults(): string[] {
  const faults = ended.flatMap(({ fault }) => fault ?? []);
  ended = ended.filter(({ fault }) => fault === null);
  return faults;
}

function watch(child: ChildProcess): void {
  if (!child.spawnargs.some((arg) => OWN_PROGRAM.test(arg))) return;
  let said = '';
  child.stderr?.on('data', (text: Buffer | string) => (said += text.toString()));
  child.once('close', (status) => {
    const command = child.spawnargs.slice(1).join(' ');
    const isFault = FAULT.test(said) || status === FAULT_STATUS;
    const fault = isFault ? `${command} ended with ${status ?? 'a signal'}: ${said}` : null;
    ended.push({ fault });
  });
}

for (const name of ['spawn', 'execFile', 'fork'] as const) {
  const start = childProcess[name] as (...args: unknown[]) => ChildProcess;
  const watched = (...args: unknown[]): ChildProcess => {
    const child = start(...args);
    watch(child);
    return child;
  };
  // `promisify` finds its own way to start it.
  Object.defineProperties(watched, Object.getOwnPropertyDescriptors(start));
  Object.assign(childProcess, { [name]: watched });
}
syncBuiltinESMExports();

function settle(): void {
  const log = process.env[FAULT_LOG];
  const lines = ended.map(({ fault }) => (fault === null ? 'well\n' : 'fault\n'));
  if (log !== undefined) appendFileSync(log, lines.join(''));
  const faults = takeFaults();
  ended = [];
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

afterEach(settle);
afterAll(settle);
