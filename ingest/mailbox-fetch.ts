import type { FetchMessageObject, FetchQueryObject } from 'imapflow';
import type { ConnectionProblem } from './connection-problem.ts';
import type { Limits } from './limits.ts';
import type { GuardedClient } from './mailbox-client.ts';
import {
  addBodies,
  type BodyRequest,
  bodyQuery,
  headQuery,
  type MessageBodies,
  type MessageHead,
  toHead,
  uidRanges,
} from './mailbox-messages.ts';

/** Rows that came, and why no more came: null when the server said that it was done. */
export interface Answer<T> {
  answered: T[];
  problem: ConnectionProblem | null;
}

/** Bytes of a structure and a subject, as a guess for the deadline. */
const HEAD_BYTES = 2048;

/** The structures and subjects of these messages. */
export async function fetchHeads(
  client: GuardedClient,
  uids: readonly number[],
  limits: Limits,
): Promise<Answer<MessageHead>> {
  const asked = new Set(uids);
  return collect<MessageHead>(client, uids.length * HEAD_BYTES, async (rows) => {
    for await (const message of fetchRows(client, uids, headQuery)) {
      const head = asked.has(message.uid) ? toHead(message, limits) : null;
      if (head !== null) rows.set(head.uid, head);
    }
  });
}

/** The structures and subjects of the last `count` messages of the folder. */
export async function fetchNewestHeads(
  client: GuardedClient,
  count: number,
  limits: Limits,
): Promise<Answer<MessageHead>> {
  const { mailbox } = client.flow;
  const messages = mailbox === false ? 0 : mailbox.exists;
  if (messages === 0) return { answered: [], problem: null };
  const range = `${Math.max(1, messages - count + 1)}:${messages}`;
  return collect<MessageHead>(client, count * HEAD_BYTES, async (rows) => {
    for await (const message of client.flow.fetch(range, headQuery)) {
      const head = rows.size < count ? toHead(message, limits) : null;
      if (head !== null) rows.set(head.uid, head);
    }
  });
}

/** A server that sends far more than it announced is not waited for. */
const SURPLUS_BYTES = 1024 * 1024;

/** The parts that `request` names. */
export async function fetchBodies(
  client: GuardedClient,
  request: BodyRequest,
): Promise<Answer<MessageBodies>> {
  const { uids, expectedBytes } = request;
  const asked = new Set(uids);
  const query = bodyQuery(request);
  return collect<MessageBodies>(client, expectedBytes, async (rows) => {
    let bytesLeft = 2 * expectedBytes + SURPLUS_BYTES;
    for await (const message of fetchRows(client, uids, query)) {
      const before = rows.get(message.uid);
      const bodies = asked.has(message.uid) ? addBodies(message, before) : null;
      if (bodies === null) continue;
      rows.set(bodies.uid, bodies);
      for (const body of bodies.bodies.values()) bytesLeft -= body.length;
      if (bytesLeft < 0) leave(client, 'it sent far more than it announced');
    }
  });
}

/** Servers tell of changed flags in between, and another client may change many at once. */
const SURPLUS_ROWS = 100_000;

/** The rows that answer a FETCH, and those in between. @throws where there is no end of them */
export async function* fetchRows(
  client: GuardedClient,
  uids: readonly number[],
  query: FetchQueryObject,
): AsyncGenerator<FetchMessageObject> {
  let rowsLeft = 2 * uids.length + SURPLUS_ROWS;
  for await (const message of client.flow.fetch(uidRanges(uids), query, { uid: true })) {
    rowsLeft -= 1;
    if (rowsLeft < 0) leave(client, 'it answered about far more messages than it was asked for');
    yield message;
  }
}

function leave({ flow }: GuardedClient, why: string): never {
  flow.close();
  throw Object.assign(new Error(why), { code: 'Surplus' });
}

/** Runs a FETCH and keeps what came of it before it failed. Rows that nobody asked for are dropped. */
export async function collect<T>(
  { times, run }: GuardedClient,
  expectedBytes: number,
  fetchInto: (rows: Map<number, T>) => Promise<void>,
): Promise<Answer<T>> {
  const rows = new Map<number, T>();
  const seconds = times.commandSeconds + expectedBytes / times.bytesPerSecond;
  const done = await run(seconds, () => fetchInto(rows));
  return { answered: [...rows.values()], problem: done.ok ? null : done.problem };
}
