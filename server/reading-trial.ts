import { type ChildProcess, fork } from 'node:child_process';
import type { ReadingTrial, TrialContent } from '../ingest/reading-trial.ts';
import { withoutSecrets } from './child-environment.ts';

/** Processes that must die over a content before it is blamed: one death may be somebody's doing. */
const DEATHS = 2;
/** A process is ready in a second; one that is not by then, on whatever machine, never is. */
const READY_MS = 60_000;

/** A process that reads one content after the other. */
interface Trial {
  /** Whether it is alive afterwards. */
  survives(content: TrialContent): Promise<boolean>;
  end(): void;
}

/**
 * @param entry the compiled first file of the process.
 * @param longestMs what is not read by then counts as a death.
 * @param readyMs a process that is not ready by then could not be had.
 */
export function createReadingTrial(
  entry: string,
  longestMs: number,
  readyMs = READY_MS,
): ReadingTrial {
  return async (contents) => {
    const running: { trial: Trial | null } = { trial: null };
    const isInnocent = async (content: TrialContent): Promise<boolean> => {
      for (let deaths = 0; deaths < DEATHS; deaths += 1) {
        running.trial ??= await startTrial(entry, longestMs, readyMs);
        if (running.trial === null || (await running.trial.survives(content))) return true;
        running.trial = null;
      }
      return false;
    };
    const survived: boolean[] = [];
    for (const content of contents) survived.push(await isInnocent(content));
    running.trial?.end();
    return survived;
  };
}

/** @returns null where no process could be had. */
async function startTrial(
  entry: string,
  longestMs: number,
  readyMs: number,
): Promise<Trial | null> {
  const child = forked(entry);
  if (child === null) return null;
  const dead = new Promise<false>((resolve) => {
    child.once('exit', () => resolve(false));
    // Not started, or gone while it was written to.
    child.on('error', () => resolve(false));
  });
  const answersWithin = async (ms: number): Promise<boolean> => {
    const answer = new Promise<true>((resolve) => child.once('message', () => resolve(true)));
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    const isAlive = await Promise.race([answer, dead]);
    clearTimeout(timer);
    return isAlive;
  };
  if (!(await answersWithin(readyMs))) return null;
  return {
    survives: (content) => {
      child.send(content);
      return answersWithin(longestMs);
    },
    end: () => child.disconnect(),
  };
}

/** Where the system lacks memory the failure is thrown, where it lacks anything else it is an event. */
function forked(entry: string): ChildProcess | null {
  try {
    return fork(entry, [String(process.pid)], {
      serialization: 'advanced',
      env: withoutSecrets(process.env),
      // Standard output is for what a command prints.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  } catch {
    return null;
  }
}
