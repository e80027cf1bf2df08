import type { PartsToRead } from './mail-documents.ts';

/** What is to be read: parts fetched of a mail, a whole mail, or a file that is one document. */
export type TrialContent =
  | { kind: 'parts'; toRead: PartsToRead }
  | { kind: 'mail'; bytes: Buffer }
  | { kind: 'document'; bytes: Buffer; name: string };

/**
 * Reads contents in a process that does nothing else, and keeps nothing of them.
 * @returns for each, in order, whether that process survived it. What could not be tried has.
 */
export type ReadingTrial = (contents: readonly TrialContent[]) => Promise<boolean[]>;

/** What becomes of a message by the deaths that it was in company of. */
export type Suspicion = 'none' | 'try' | 'try-alone' | 'set-aside';

/**
 * A process may be killed at any moment and as often as anyone likes, so having been begun is no proof
 * against a message: it is tried apart. What survives that and is in hand at more deaths is committed
 * alone, each attempt its own, and in the end taken for what ends the program while it is stored.
 */
export function suspicionOf(attempts: number): Suspicion {
  if (attempts === 0) return 'none';
  if (attempts < ATTEMPTS_BEFORE_ALONE) return 'try';
  return attempts < ATTEMPTS_BEFORE_SET_ASIDE ? 'try-alone' : 'set-aside';
}

const ATTEMPTS_BEFORE_ALONE = 3;
/** Of which at least five with nothing else in hand. */
const ATTEMPTS_BEFORE_SET_ASIDE = 8;
