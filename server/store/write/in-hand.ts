import { createHash } from 'node:crypto';
import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { MessageKey } from '../store.ts';

/**
 * Which messages were begun, and which of them is being read, in a file as long as it lasts: a process
 * that dies leaves word of what it had in hand, so that no other message is blamed. Nothing waits for
 * the disk: what was written outlives the process, and a power cut is no message's doing. Where the
 * file cannot be written the work goes on without it.
 */
export interface InHand {
  begin(keys: readonly MessageKey[]): void;
  reading(key: MessageKey): void;
  /** All are read, and are decided in one transaction. */
  committing(): void;
  /** Something else than a message ended the work. */
  nobody(): void;
  done(): void;
  close(): void;
}

/** What a process that died had in hand; messages by `fingerprint`. */
export interface LeftInHand {
  begun: ReadonlySet<string>;
  /** Null where none was being read. */
  blamed: string | null;
  /** It died over all of them: each is to be looked at alone. */
  together: boolean;
}

const NOBODY = '-'.repeat(64);
const TOGETHER = '='.repeat(64);

export const fingerprint = ({ mailboxId, uidValidity, uid, name }: MessageKey): string =>
  createHash('sha256')
    .update(JSON.stringify([mailboxId, uidValidity, uid, name]))
    .digest('hex');

export function readLeftInHand(file: string): LeftInHand {
  const [first = NOBODY, ...rest] = linesOf(file);
  const begun = new Set(rest.filter((line) => /^[0-9a-f]{64}$/.test(line)));
  return { begun, blamed: begun.has(first) ? first : null, together: first === TOGETHER };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').split('\n');
  } catch {
    return [];
  }
}

export function openInHand(file: string): InHand {
  let descriptor: number | null = null;
  let begun = 0;
  const quietly = (work: (descriptor: number) => void): void => {
    try {
      descriptor ??= openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
      work(descriptor);
    } catch {
      // Without it a message that was in company of a death is looked at alone, and that is all.
    }
  };
  const write = (text: string): void => quietly((to) => writeSync(to, text, 0, 'latin1'));
  const say = (first: string): void => {
    if (begun > 0) write(first);
  };
  const done = (): void => {
    begun = 0;
    quietly((to) => ftruncateSync(to));
  };
  done();
  return {
    begin: (keys) => {
      const [first = NOBODY, ...more] = keys.map(fingerprint);
      // Alone it answers for all that happens until it is decided.
      const lines = [more.length === 0 ? first : NOBODY, first, ...more];
      done();
      begun = keys.length;
      write(lines.map((line) => `${line}\n`).join(''));
    },
    reading: (key) => say(fingerprint(key)),
    committing: () => {
      if (begun > 1) say(TOGETHER);
    },
    nobody: () => say(NOBODY),
    done,
    close: () => {
      if (descriptor !== null) closeSync(descriptor);
      // Its number may be another file's by now.
      descriptor = null;
    },
  };
}
