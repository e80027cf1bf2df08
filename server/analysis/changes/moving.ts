import { catalogue } from '../catalogue/catalogue.ts';
import { knownServices } from '../service-facts.ts';
import {
  leavesElsewhere,
  type Moved,
  type MoveFacts,
  newProvider,
  oldProvider,
  switchingOff,
} from './moving-words.ts';
import { hasEnded, type SourceHistory } from './source-history.ts';

const services = knownServices(catalogue);
/** Fewest messages that make a source part of a move. */
const MESSAGES = 5;
/** A source that fell to this part of its mail is one that is being left. */
const FELL_TO = 0.5;
/** Mail before the day in parts of the mail after it, up to which a source is new. */
const NEW_BELOW = 0.05;

/**
 * What a move of providers still wants, the most urgent first; empty where nobody moved: no provider
 * began to send while another one lost its mail.
 */
export function movingSentences(facts: MoveFacts): string[] {
  const own = facts.moved.filter(({ history }) => history.source.class === 'own');
  const old = own.filter((one) => isLeft(one, facts));
  const arrived = facts.moved.filter(isNew).sort(providersFirst)[0];
  if (arrived === undefined || (old.length === 0 && !isMailboxProvider(arrived))) return [];
  const elsewhere = facts.moved.filter(
    (one) => one !== arrived && !old.includes(one) && isElsewhere(one),
  );
  const told = [
    newProvider(arrived, facts),
    ...old.map((one) => oldProvider(one, facts)),
    ...leavesElsewhere(elsewhere),
    ...old.map((one) => switchingOff(one, facts)),
  ];
  return told.sort((a, b) => a.rank - b.rank).map(({ text }) => text);
}

function isLeft({ history, before, after }: Moved, { newestDay }: MoveFacts): boolean {
  if (before.messages < MESSAGES) return false;
  return hasEnded(history, newestDay) || after.messages <= before.messages * FELL_TO;
}

/** A provider that does not sign yet has no tie to the domain, and no class. */
function isNew(one: Moved): boolean {
  const { class: name } = one.history.source;
  if (name !== 'own' && !(name === 'unknown' && isMailboxProvider(one))) return false;
  const { before, after } = one;
  return after.messages >= MESSAGES && before.messages <= after.messages * NEW_BELOW;
}

function isElsewhere({ history, after }: Moved): boolean {
  const { class: name } = history.source;
  return after.messages > 0 && (name === 'own' || name === 'unknown');
}

function providersFirst(a: Moved, b: Moved): number {
  return (
    Number(isMailboxProvider(b)) - Number(isMailboxProvider(a)) ||
    b.after.messages - a.after.messages
  );
}

function isMailboxProvider({ history }: Moved): boolean {
  return services.serviceById(serviceIdOf(history))?.kind === 'mailbox-provider';
}

function serviceIdOf({ source }: SourceHistory): string {
  return source.network.id.replace(/^service:/, '');
}
