import { type ChildProcess, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { withoutSecrets } from './child-environment.ts';

export interface VerifyRunner {
  /** Begins, unless it runs already: then false. */
  begin(): boolean;
  state(): { sinceSeconds: number | null; failed: { words: string; atSeconds: number } | null };
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
  let running: { child: ChildProcess | null; sinceSeconds: number } | null = null;
  let failed: ReturnType<VerifyRunner['state']>['failed'] = null;

  const begin = (): boolean => {
    if (running !== null) return false;
    failed = null;
    const run = { child: started(entry, dataDir), sinceSeconds: nowSeconds() };
    running = run;
    void problemOf(run.child).then((problem) => {
      running = null;
      failed = problem === null ? null : { words: problem, atSeconds: nowSeconds() };
    });
    return true;
  };

  return {
    begin,
    state: () => ({ sinceSeconds: running?.sinceSeconds ?? null, failed }),
    stop: () => void running?.child?.kill('SIGTERM'),
  };
}

/** Where the system lacks memory the failure is thrown, where it lacks anything else it is an event. */
function started(entry: string, dataDir: string): ChildProcess | null {
  try {
    return spawn(process.execPath, [entry, 'verify', '--json', '--data', dataDir], {
      env: withoutSecrets(process.env),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch {
    return null;
  }
}

/** What kept it from its end, in words. Resolves once, also where it could not be started. */
function problemOf(child: ChildProcess | null): Promise<string | null> {
  return new Promise((resolve) => {
    if (child === null) {
      resolve(NOT_STARTED);
      return;
    }
    let errors = '';
    // Without files to spare a process has no streams, whatever the types say.
    const stderr = child.stderr as Readable | null | undefined;
    stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('spawn', () => inBackground(child));
    child.on('error', () => {
      // One that runs has an end, which says more.
      if (child.pid === undefined) resolve(NOT_STARTED);
    });
    child.once('close', (status) => {
      // Node may warn of something before.
      const said = /^ruadmap: (.+)/ms.exec(errors)?.[1] ?? '';
      if (ANSWERS.includes(status)) resolve(said.trim() || null);
      else resolve((said || errors).trim() || 'It was ended from outside.');
    });
  });
}

const NOT_STARTED =
  'It could not be started: the system has no memory, process or file left for it. Try it again later.';

function inBackground({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system has no priorities: then it is only not as quiet.
  }
}
