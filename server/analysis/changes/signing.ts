import type { SourceHistory } from './source-history.ts';

export interface SigningChange {
  /** Whether its mail carries an aligned signature from that day on, or no longer does. */
  signs: boolean;
  day: number;
}

/** Fewest messages on either side of the day. */
const MESSAGES = 3;
/** Parts of the messages: what signs signs nearly all, and what does not hardly any. */
const NEARLY_ALL = 0.9;
const HARDLY_ANY = 0.1;

/** Since when a source signs, or no longer does, within a range of days; null where nothing changed. */
export function signingChange(
  { days }: SourceHistory,
  { from, to }: { from: number; to: number },
): SigningChange | null {
  const within = [...days].filter(([day]) => day >= from && day <= to);
  const total = { messages: 0, signed: 0 };
  for (const [, { messages, dkimAligned }] of within) {
    total.messages += messages;
    total.signed += dkimAligned;
  }
  const before = { messages: 0, signed: 0 };
  for (const [day, { messages, dkimAligned }] of within) {
    const after = {
      messages: total.messages - before.messages,
      signed: total.signed - before.signed,
    };
    if (before.messages >= MESSAGES && after.messages >= MESSAGES) {
      if (dkimAligned > 0 && isHardlyAny(before) && isNearlyAll(after)) return { signs: true, day };
      if (dkimAligned < messages && isNearlyAll(before) && isHardlyAny(after))
        return { signs: false, day };
    }
    before.messages += messages;
    before.signed += dkimAligned;
  }
  return null;
}

interface Signed {
  messages: number;
  signed: number;
}

export const isNearlyAll = ({ messages, signed }: Signed): boolean =>
  signed >= messages * NEARLY_ALL;

const isHardlyAny = ({ messages, signed }: Signed): boolean => signed <= messages * HARDLY_ANY;
