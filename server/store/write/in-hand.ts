import { hash } from 'node:crypto';
import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { MessageKey } from '../store.ts';

/**
 * Which messages were begun, and which of them is being read, in a file as long as it lasts: a process
 * that dies leaves word of what it had in hand, so that no other message is blamed. Mailboxes are read at
 * the same time, and each has one hand. Nothing waits for the disk: what was written outlives the process,
 * and a power cut is no message's doing. Where the file cannot be written the work goes on without it.
 */
export interface InHand {
  /** @param keys of one mailbox; what it had in hand before is out of it. */
  begin(keys: readonly MessageKey[]): void;
  reading(key: MessageKey): void;
  /** All are read, and are decided in one transaction. */
  committing(mailboxId: number): void;
  /** Something else than a message ended the work. */
  nobody(mailboxId: number): void;
  done(mailboxId: number): void;
  close(): void;
}

/** What a process that died had in hand; messages by `fingerprint`. */
export interface LeftInHand {
  begun: ReadonlySet<string>;
  /** Those that were being read, one of a mailbox at most. */
  blamed: ReadonlySet<string>;
  /** It died over all of them: each is to be looked at alone. */
  together: ReadonlySet<string>;
}

/** A hand begins with a line that says whom to blame; a line for each of its messages follows. */
const BLAME = '>';
const NOBODY = '-'.repeat(64);
const TOGETHER = '='.repeat(64);

export const fingerprint = ({ mailboxId, uidValidity, uid, name }: MessageKey): string =>
  hash('sha256', JSON.stringify([mailboxId, uidValidity, uid, name]), 'hex');

export function readLeftInHand(file: string): LeftInHand {
  const [begun, blamed, together] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let blame = NOBODY;
  for (const line of linesOf(file)) {
    if (line.startsWith(BLAME)) blame = line.slice(BLAME.length);
    if (!/^[0-9a-f]{64}$/.test(line)) continue;
    begun.add(line);
    if (blame === line) blamed.add(line);
    if (blame === TOGETHER) together.add(line);
  }
  return { begun, blamed, together };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').split('\n');
  } catch {
    return [];
  }
}

interface Hand {
  blame: string;
  begun: readonly string[];
  /** Where its first line stands in the file. */
  at: number;
}

export function openInHand(file: string): InHand {
  const hands = new Map<number, Hand>();
  let descriptor: number | null = null;
  const quietly = (work: (descriptor: number) => void): void => {
    try {
      descriptor ??= openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
      work(descriptor);
    } catch {
      // Without it a message that was in company of a death is looked at alone, and that is all.
    }
  };
  const writeAll = (): void => {
    let text = '';
    for (const hand of hands.values()) {
      hand.at = text.length;
      text += [BLAME + hand.blame, ...hand.begun, ''].join('\n');
    }
    quietly((to) => {
      // Never empty in between: the other hands are still full.
      if (text !== '') writeSync(to, text, 0, 'latin1');
      ftruncateSync(to, text.length);
    });
  };
  const blame = (mailboxId: number, whom: string): void => {
    const hand = hands.get(mailboxId);
    if (hand === undefined) return;
    hand.blame = whom;
    quietly((to) => writeSync(to, BLAME + whom, hand.at, 'latin1'));
  };
  writeAll();
  return {
    begin: (keys) => {
      const begun = keys.map(fingerprint);
      const [first = NOBODY, ...more] = begun;
      const [{ mailboxId } = { mailboxId: 0 }] = keys;
      // Alone it answers for all that happens until it is decided.
      hands.set(mailboxId, { blame: more.length === 0 ? first : NOBODY, begun, at: 0 });
      writeAll();
    },
    reading: (key) => blame(key.mailboxId, fingerprint(key)),
    committing: (mailboxId) => {
      if ((hands.get(mailboxId)?.begun.length ?? 0) > 1) blame(mailboxId, TOGETHER);
    },
    nobody: (mailboxId) => blame(mailboxId, NOBODY),
    done: (mailboxId) => {
      if (hands.delete(mailboxId)) writeAll();
    },
    close: () => {
      if (descriptor !== null) closeSync(descriptor);
      // The number may be another file's from now on.
      descriptor = null;
    },
  };
}
