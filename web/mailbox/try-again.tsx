import { useSignal } from '@preact/signals';
import type { LedgerResponse } from '../../server/api/contract-ledger.ts';
import { send } from '../api.ts';
import { retryMessage } from '../endpoints.ts';
import { askAgain } from '../live.ts';
import { retriedWords } from '../words/retry-words.ts';

export type LedgerRow = LedgerResponse['rows'][number];

export const messageName = ({ name, uid }: LedgerRow): string =>
  name === '' ? `message ${uid}` : name;

/** Anything of it was refused, or nothing of it could be decided. */
export const canBeTried = ({ state, documents }: LedgerRow): boolean =>
  state === 'set-aside' ||
  state === 'unresolved' ||
  documents.some(({ outcome }) => outcome === 'refused');

interface TryAgainProps {
  row: LedgerRow;
  /** Takes what came of it: the row itself may leave the list. */
  tell: (said: string) => void;
}

/** Gives a message of the ledger another chance. */
export function TryAgain({ row, tell }: TryAgainProps) {
  const busy = useSignal(false);
  const tryAgain = async (): Promise<void> => {
    busy.value = true;
    const answer = await send(retryMessage(row.id));
    busy.value = false;
    const said = answer.ok ? retriedWords(answer.value.retried) : answer.error.message;
    tell(`${messageName(row)}: ${said}`);
    askAgain();
  };
  return (
    <button type="button" class="quiet" disabled={busy.value} onClick={() => void tryAgain()}>
      Try again<span class="visually-hidden">: {messageName(row)}</span>
    </button>
  );
}
