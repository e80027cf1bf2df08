import { type ChildProcess, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

export interface VerifyRunner {
  /** Begins, unless it runs already: then false. */
  begin(): boolean;
  state(): { sinceSeconds: number | null; failed: string | null };
  stop(): void;
}

/** `ruadmap verify` ended and said what it found: nothing (0), or something (65). */
const ANSWERS: readonly (number | null)[] = [0, 65];

/**
 * Reads the whole store again in a process of its own, behind everything else: page and mail go on
 * meanwhile. What it finds it notes in the store; only what kept it from its end is told here.
 */
export function createVerifyRunner(
  entry: string,
  dataDir: string,
  nowSeconds: () => number,
): VerifyRunner {
  let running: { child: ChildProcess; sinceSeconds: number } | null = null;
  let failed: string | null = null;

  const begin = (): boolean => {
    if (running !== null) return false;
    failed = null;
    const child = spawn(process.execPath, [entry, 'verify', '--json', '--data', dataDir], {
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running = { child, sinceSeconds: nowSeconds() };
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('spawn', () => inBackground(child));
    child.once('error', (error) => {
      failed = error.message;
      running = null;
    });
    child.once('close', (status) => {
      running = null;
      const said = errors.replace(/^ruadmap: /, '').trim();
      if (!ANSWERS.includes(status) || said !== '') failed = said || 'It was ended from outside.';
    });
    return true;
  };

  return {
    begin,
    state: () => ({ sinceSeconds: running?.sinceSeconds ?? null, failed }),
    stop: () => void running?.child.kill('SIGTERM'),
  };
}

function inBackground({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system has no priorities: then it is only not as quiet.
  }
}
