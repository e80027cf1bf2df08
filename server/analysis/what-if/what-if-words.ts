import type { AlignmentMode } from '../../../ingest/report.ts';
import type { MailClass } from '../../store/domain-mail.ts';
import { listInWords, messagesInWords } from '../verdict/in-words.ts';
import type { Candidate, WhatIf } from '../what-if-types.ts';

type Sums = WhatIf['classes'];

/** Whose mail a policy should spare, in the order in which it is told. */
const COSTS: readonly { class: MailClass; word: string }[] = [
  { class: 'own', word: 'own' },
  { class: 'forwarder', word: 'forwarded' },
  { class: 'unknown', word: 'unknown' },
];

/** "p=reject would have cost 508 own and 12 forwarded messages in 30 days, and stopped 4,210 unauthorised ones." */
export function whatIfSentence(candidate: Candidate, classes: Sums, days: number): string {
  const hit = (name: MailClass): number => {
    const sums = classes.find((one) => one.class === name);
    return sums === undefined ? 0 : sums.quarantined + sums.rejected;
  };
  const costs = COSTS.map((cost) => ({ ...cost, messages: hit(cost.class) })).filter(
    ({ messages }) => messages > 0,
  );
  const stopped = hit('unauthorised');
  const span = days === 1 ? 'in one day' : `in ${days} days`;
  const told = `${candidateInWords(candidate)} would have`;
  if (costs.length === 0 && stopped === 0) return `${told} touched no message ${span}.`;
  const cost =
    costs.length === 0
      ? `cost no message ${span}`
      : `cost ${listInWords(costs.map(({ messages, word }) => `${messages} ${word}`))} ` +
        `${costs.at(-1)?.messages === 1 ? 'message' : 'messages'} ${span}`;
  const gain =
    stopped === 0 ? '' : `, and stopped ${stopped} unauthorised ${stopped === 1 ? 'one' : 'ones'}`;
  return `${told} ${cost}${gain}.`;
}

/** "p=reject; sp=none; adkim=s, without include:mail.example": the tags as a record writes them. */
export function candidateInWords({
  p,
  sp,
  np,
  adkim,
  aspf,
  dropInclude,
  dropSelector,
}: Candidate): string {
  const tags = [
    `p=${p}`,
    ...(sp === null ? [] : [`sp=${sp}`]),
    ...(np === null ? [] : [`np=${np}`]),
    ...(adkim === 'strict' ? [`adkim=${letterOf(adkim)}`] : []),
    ...(aspf === 'strict' ? [`aspf=${letterOf(aspf)}`] : []),
  ].join('; ');
  const drops = [
    ...(dropInclude === null ? [] : [`include:${dropInclude}`]),
    ...(dropSelector === null ? [] : [`the selector ${dropSelector}`]),
  ];
  return drops.length === 0 ? tags : `${tags}, without ${listInWords(drops)},`;
}

const letterOf = (mode: AlignmentMode): string => (mode === 'strict' ? 's' : 'r');

export interface NoteFacts {
  candidate: Candidate;
  classes: Sums;
  notRecomputable: number;
  governedElsewhere: number;
  /** DNS was asked which names exist. */
  knowsNames: boolean;
  /** null: nothing was dropped. */
  include: 'not-in-record' | 'record-not-read' | 'covered-elsewhere' | 'dropped' | null;
}

/** What the numbers do not say. */
export function whatIfNotes(facts: NoteFacts): string[] {
  const { candidate, classes, notRecomputable, governedElsewhere, knowsNames, include } = facts;
  const notes: string[] = [];
  if (classes.some(({ rejected }) => rejected > 0))
    notes.push(
      'Rejected is an upper bound: receivers must not reject on p=reject alone, and let some mail of lists and forwarders through.',
    );
  if (notRecomputable > 0)
    notes.push(
      `The raw results of ${messagesInWords(notRecomputable)} do not suffice to evaluate them anew: they count as their receivers evaluated them, and with a DNS error as the only obstacle as not failing.`,
    );
  if (governedElsewhere > 0)
    notes.push(
      `${messagesInWords(governedElsewhere)} came from names below the domain that have reports of their own: their own policy governs them.`,
    );
  if (candidate.np !== null && !knowsNames)
    notes.push(
      'np governs names that do not exist, and DNS was not asked which: they count under sp here.',
    );
  if (include !== null && candidate.dropInclude !== null)
    notes.push(INCLUDE_NOTES[include](candidate.dropInclude));
  if (candidate.dropSelector !== null)
    notes.push(
      `Signatures with the selector ${candidate.dropSelector} count as not passing, of whichever name below the domain; what does not say its selector is not told.`,
    );
  return notes;
}

const INCLUDE_NOTES: Record<NonNullable<NoteFacts['include']>, (include: string) => string> = {
  'not-in-record': (include) =>
    `The SPF record does not name include:${include} itself, so taking it away changes nothing.`,
  'covered-elsewhere': (include) =>
    `Every network of include:${include} stands in another term of the SPF record too, so taking it away changes nothing.`,
  'record-not-read': (include) =>
    `The SPF record was not read: mail of the service behind include:${include} counts as sent from its networks.`,
  dropped: (include) =>
    `Mail of the service behind include:${include} counts as sent from its networks, which reports do not tell address by address here: an upper bound.`,
};
