import type { LedgerRetryResponse } from '../../server/api/contract-ledger.ts';
import { wordsForReason } from './reasons.ts';

type Retried = LedgerRetryResponse['retried'][number];

const OUTCOMES: Record<Retried['outcome'], string> = {
  counted: 'read this time, and counted.',
  'another-version':
    'read this time: another version of a report that came before; one of them counts at most.',
  'known-before': 'read this time: a report that came before. It counts once.',
  'no-report': 'read this time: it is no report.',
  'refused-again': 'refused again.',
  'fetched-at-next-poll': 'asked for again; its line tells what comes of it.',
  'import-again': 'nothing of it was kept. Add the file again.',
  'mailbox-removed': 'nothing of it was kept, and its mailbox was removed.',
  'looked-at-anew':
    'its folder numbers its mail anew since, and all of it was looked at then. It has another line.',
};

/** 'Refused again. The end is missing …'; of several parts with their names. */
export const retriedWords = (retried: readonly Retried[]): string =>
  retried
    .map(({ part, outcome, reason }) => {
      const name = retried.length === 1 || part === '' ? '' : `${part}: `;
      const why = outcome === 'refused-again' ? ` ${wordsForReason(reason).meaning}` : '';
      return `${name}${OUTCOMES[outcome]}${why}`;
    })
    .join(' ');
