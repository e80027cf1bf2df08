import type { FetchQueryObject } from 'imapflow';
import type { FolderRights, MessageIdentity } from './after-plan.ts';
import type { ConnectionProblem } from './connection-problem.ts';
import type { GuardedClient } from './mailbox-client.ts';
import { type Answer, collect, fetchRows } from './mailbox-fetch.ts';
import { type FolderStatus, openReadOnly, statusOf } from './mailbox-folder.ts';
import { uidRanges } from './mailbox-messages.ts';
import { bad, ok, type Result } from './result.ts';

type Change<T = null> = Promise<Result<T, ConnectionProblem>>;

/**
 * All that can change a mailbox, and only once `open` was called. What the server refuses is a problem
 * with its words, `server-said-no`; after any other problem nobody knows what it did.
 */
export interface MailboxChanges {
  /** SELECT: from here on the folder can be changed, until it is examined again. */
  open(): Change<FolderStatus & { rights: FolderRights }>;
  /** What MOVE and UIDPLUS allow, as far as is known without opening the folder. */
  abilities(): { move: boolean; uidPlus: boolean };
  /** The name as the server lists it: with the prefix of the account's namespace. */
  fullName(folder: string): string;
  createFolder(folder: string): Change;
  /** Where the next message of another folder would lie. */
  endOf(folder: string): Change<{ uidValidity: string; uidNext: number }>;
  /** EXAMINE of another folder, and what lies in it from a UID on; null where it has new UIDs. */
  identitiesFrom(
    folder: string,
    uidValidity: string,
    uid: number,
  ): Change<MessageIdentity[] | null>;
  identities(uids: readonly number[]): Promise<Answer<MessageIdentity>>;
  /** Those that are in the open folder. */
  present(uids: readonly number[]): Change<Set<number>>;
  addSeen(uids: readonly number[]): Change;
  /** Only where the server has MOVE. */
  move(uids: readonly number[], folder: string): Change;
  copy(uids: readonly number[], folder: string): Change;
  /** \Deleted and UID EXPUNGE; only where the server has UIDPLUS. */
  remove(uids: readonly number[]): Change;
}

const identityQuery: FetchQueryObject = {
  uid: true,
  size: true,
  flags: true,
  headers: ['date', 'from', 'subject', 'message-id', 'received'],
};
/** Bytes of these, as a guess for the deadline. */
const IDENTITY_BYTES = 4096;
/** More mail than this, come since a copy was asked for, is not looked through. */
const MOST_COPIES_LOOKED_AT = 5000;

export function mailboxChanges(client: GuardedClient, ownFolder: string): MailboxChanges {
  const { flow, times, run, runWhole } = client;
  const byUid = { uid: true } as const;
  const has = (capability: string): boolean => flow.capabilities.has(capability);
  const done = async (command: () => Promise<unknown>): Change => {
    const result = await runWhole(times.commandSeconds, async () => Boolean(await command()));
    return result.ok ? ok(null) : result;
  };
  return {
    open: () => openForChanges(client, ownFolder),
    abilities: () => ({ move: has('MOVE'), uidPlus: has('UIDPLUS') }),
    fullName: (folder) => {
      const prefix = flow.namespace?.prefix ?? '';
      if (/^inbox$/i.test(folder)) return 'INBOX';
      return folder.startsWith(prefix) ? folder : prefix + folder;
    },
    createFolder: async (folder) => {
      const made = await run(times.commandSeconds, () => flow.mailboxCreate(folder));
      return made.ok ? ok(null) : made;
    },
    endOf: (folder) => endOf(client, folder),
    identitiesFrom: (folder, uidValidity, uid) => identitiesFrom(client, folder, uidValidity, uid),
    identities: (uids) => identities(client, uids),
    present: (uids) => present(client, uids),
    addSeen: (uids) =>
      done(() => flow.messageFlagsAdd(uidRanges(uids), ['\\Seen'], { ...byUid, silent: true })),
    // Without MOVE the client would go its own way, with a plain EXPUNGE where UIDPLUS is missing, too.
    move: (uids, folder) =>
      has('MOVE')
        ? done(() => flow.messageMove(uidRanges(uids), folder, byUid))
        : lacking(client, 'MOVE'),
    copy: (uids, folder) => done(() => flow.messageCopy(uidRanges(uids), folder, byUid)),
    remove: async (uids) => {
      if (!has('UIDPLUS')) return lacking(client, 'UIDPLUS');
      const removed = await done(() => flow.messageDelete(uidRanges(uids), byUid));
      // Whoever expunges the folder next should not find them marked.
      if (!removed.ok && flow.usable) {
        await done(() => flow.messageFlagsRemove(uidRanges(uids), ['\\Deleted'], byUid));
      }
      return removed;
    },
  };
}

const lacking = async ({ problemOf }: GuardedClient, capability: string): Change =>
  bad(problemOf({ message: `it lacks ${capability}`, responseStatus: 'NO' }));

async function openForChanges(
  { flow, times, run }: GuardedClient,
  folder: string,
): Change<FolderStatus & { rights: FolderRights }> {
  const opened = await run(times.commandSeconds, () => flow.mailboxOpen(folder));
  if (!opened.ok) return opened;
  const { readOnly = false, permanentFlags = null } = opened.value;
  const rights: FolderRights = {
    move: flow.capabilities.has('MOVE'),
    uidPlus: flow.capabilities.has('UIDPLUS'),
    readOnly,
    flags: permanentFlags,
  };
  return ok({ ...statusOf(opened.value), rights });
}

async function endOf(
  { flow, times, runWhole, problemOf }: GuardedClient,
  folder: string,
): Change<{ uidValidity: string; uidNext: number }> {
  const asked = await runWhole(times.commandSeconds, () =>
    flow.status(folder, { uidNext: true, uidValidity: true }),
  );
  if (!asked.ok) return asked;
  const { uidNext, uidValidity } = asked.value;
  if (uidNext === undefined || uidValidity === undefined) {
    return bad(problemOf({ message: 'it does not tell UIDNEXT', responseStatus: 'NO' }));
  }
  return ok({ uidNext, uidValidity: String(uidValidity) });
}

async function identitiesFrom(
  client: GuardedClient,
  folder: string,
  uidValidity: string,
  uid: number,
): Change<MessageIdentity[] | null> {
  const { flow, times, run } = client;
  const opened = await openReadOnly(client, folder);
  if (!opened.ok) return opened;
  if (String(opened.value.uidValidity) !== uidValidity) return ok(null);
  const found = await run(times.commandSeconds, () =>
    flow.search({ uid: `${uid}:*` }, { uid: true }),
  );
  if (!found.ok) return found;
  const uids = Array.isArray(found.value) ? found.value.filter((each) => each >= uid) : [];
  if (uids.length > MOST_COPIES_LOOKED_AT) return ok(null);
  if (uids.length === 0) return ok([]);
  const { answered, problem } = await identities(client, uids);
  return problem === null ? ok(answered) : bad(problem);
}

async function identities(
  client: GuardedClient,
  uids: readonly number[],
): Promise<Answer<MessageIdentity>> {
  const asked = new Set(uids);
  return collect<MessageIdentity>(client, uids.length * IDENTITY_BYTES, async (rows) => {
    for await (const message of fetchRows(client, uids, identityQuery)) {
      const { uid, size, flags, headers } = message;
      if (!asked.has(uid) || size === undefined || headers === undefined) continue;
      const isSeen = flags?.has('\\Seen') ?? false;
      rows.set(uid, { uid, sizeBytes: size, isSeen, headerLines: headers });
    }
  });
}

async function present(
  { flow, times, runWhole }: GuardedClient,
  uids: readonly number[],
): Change<Set<number>> {
  const found = await runWhole(times.commandSeconds, () =>
    flow.search({ uid: uidRanges(uids) }, { uid: true }),
  );
  if (!found.ok) return found;
  const asked = new Set(uids);
  return ok(new Set(found.value.filter((uid) => asked.has(uid))));
}
