import { fork } from 'node:child_process';
import type { ReadingTrial, TrialContent } from '../ingest/reading-trial.ts';
import { withoutSecrets } from './child-environment.ts';

/** Processes that must die over a content before it is blamed: one death may be somebody's doing. */
const DEATHS = 2;

/** A process that reads one content after the other. */
interface Trial {
  /** Whether it is alive afterwards. */
  survives(content: TrialContent): Promise<boolean>;
  end(): void;
}

/**
 * @param entry the compiled first file of the process.
 * @param longestMs what is not read by then counts as a death.
 */
export function createReadingTrial(entry: string, longestMs: number): ReadingTrial {
  return async (contents) => {
    const running: { trial: Trial | null } = { trial: null };
    const isInnocent = async (content: TrialContent): Promise<boolean> => {
      for (let deaths = 0; deaths < DEATHS; deaths += 1) {
        running.trial ??= await startTrial(entry, longestMs);
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
async function startTrial(entry: string, longestMs: number): Promise<Trial | null> {
  const child = fork(entry, [], {
    serialization: 'advanced',
    env: withoutSecrets(process.env),
    // Standard output is for what a command prints.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const dead = new Promise<false>((resolve) => {
    child.once('exit', () => resolve(false));
    // Not started, or gone while it was written to.
    child.on('error', () => resolve(false));
  });
  const answer = (): Promise<true> =>
    new Promise((resolve) => child.once('message', () => resolve(true)));
  if (!(await Promise.race([answer(), dead]))) return null;
  return {
    survives: async (content) => {
      const read = answer();
      const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
      child.send(content);
      const isAlive = await Promise.race([read, dead]);
      clearTimeout(timer);
      return isAlive;
    },
    end: () => child.disconnect(),
  };
}
