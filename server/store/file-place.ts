import { statSync } from 'node:fs';
import { StoreProblem } from './store-problem.ts';

/** Which file has this name now; null where none has. */
function fileNamed(name: string): string | null {
  const found = statSync(name, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

/**
 * Remembers which file an open database is, and answers a check that it still has its name, and its log
 * too once that was seen. What is written to a file without a name is gone when the last process that
 * has it open ends.
 * @returns a check. @throws StoreProblem `missing`, as long as another file or none has the name.
 */
export function watchPlace(database: string): () => void {
  const log = `${database}-wal`;
  const opened = fileNamed(database);
  let openedLog = fileNamed(log);
  return () => {
    const now = fileNamed(database);
    const logNow = fileNamed(log);
    if (now === opened && (openedLog === null || logNow === openedLog)) {
      openedLog = logNow;
      return;
    }
    const gone = now === opened ? log : database;
    throw new StoreProblem({
      reason: 'missing',
      detail: `${gone} was removed or replaced while Ruadmap runs. Put the very file back; or stop Ruadmap, restore a backup, and start it again.`,
    });
  };
}
