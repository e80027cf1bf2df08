import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { connectMailbox, type MailboxConnection } from '../../ingest/mailbox.ts';
import { defaultMailboxTimes } from '../../ingest/mailbox-client.ts';
import { pollFolder } from '../../ingest/poll.ts';
import { type FolderMemory, newFolderMemory } from '../../ingest/poll-pass.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { type FolderRig, makeFolderRig } from '../imap/folder-rig.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { accessTo, NOW_SECONDS, PASSWORD, USER } from '../imap/polling.ts';
import { reportFile } from '../imap/report-files.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';
import { createRandom, integer } from '../../server/demo/random.ts';
import { sleep } from './program-run.ts';
import { builtTrial } from '../reading-trial.ts';

const REPORTS = 30;
const MESSAGES = 7;
/** Of a UIDVALIDITY that is the time in seconds. */
const NEXT_SECOND_MS = 1100;

let server: Dovecot;
let rig: FolderRig;
let memory: FolderMemory;
let names: string[];

/** Another client at work, between the listing of messages and their fetching. */
type Meddle = () => void;

async function lookWhile(meddle: Meddle): Promise<boolean> {
  const connected = await connectMailbox(
    accessTo(server.port, rig.folder),
    defaultLimits,
    defaultMailboxTimes,
  );
  if (!connected.ok) throw new Error(connected.problem.message);
  let done = false;
  const connection: MailboxConnection = {
    ...connected.value,
    fetchBodies: (request) => {
      if (!done) meddle();
      done = true;
      return connected.value.fetchBodies(request);
    },
  };
  try {
    const looked = await pollFolder({
      ...{ connection, mailboxId: rig.store.mailboxId, ledger: rig.store.writer, memory },
      ...{ reader: createDocumentReader(defaultLimits), limits: defaultLimits },
      trial: builtTrial,
      ...{ nowSeconds: () => NOW_SECONDS, signal: new AbortController().signal },
      onProgress: () => undefined,
    });
    return looked.ok;
  } finally {
    await connected.value.close();
  }
}

/** Looks until all is calm: what the meddling has cost comes again by itself. */
async function settle(): Promise<void> {
  for (let look = 0; look < 5; look += 1) {
    const looked = await rig.look({ memory });
    if (looked.ok && look > 1) return;
  }
  throw new Error('It did not come to rest.');
}

function deliver(serials: readonly number[]): void {
  for (const serial of serials) {
    names.push(rig.maildir.deliver(REPORT_FORMS.multipart(reportFile(serial, MESSAGES))));
    if (serial % 3 === 0) rig.maildir.deliver(ordinaryMail(serial));
  }
}

const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, place) => from + place);

interface StateRow {
  state: string;
  mails: number;
}

/** How many mails of the folder's present generation are in which state. */
const states = (): Record<string, number> =>
  Object.fromEntries(
    rig.store
      .query<StateRow>(
        `SELECT state, count(*) AS mails FROM message AS m
         JOIN folder_progress AS f USING (mailbox_id, uid_validity) GROUP BY state`,
      )
      .map(({ state, mails }) => [state, mails]),
  );

describe.skipIf(isMissing(dovecot))('a mailbox that changes under the reader', () => {
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    rig = await makeFolderRig(server, server.port);
    memory = newFolderMemory();
    names = [];
    deliver(range(0, REPORTS));
  });

  test('P03: UIDVALIDITY that changes between runs means a look at everything, and no new report', async () => {
    await rig.look({ memory });
    for (let change = 0; change < 3; change += 1) {
      await sleep(NEXT_SECOND_MS);
      rig.maildir.forgetUids();
      expect(await rig.look({ memory })).toMatchObject({
        ok: true,
        value: { reports: 0, seen: 40 },
      });
      expect(await rig.totalMessages()).toBe(REPORTS * MESSAGES);
      expect(states()).toEqual({ done: 40 });
    }
  });

  test('P03: UIDVALIDITY that changes in a run costs nothing', async () => {
    await sleep(NEXT_SECOND_MS);
    await lookWhile(() => rig.maildir.forgetUids());
    await settle();
    expect(await rig.totalMessages()).toBe(REPORTS * MESSAGES);
    expect(states()).toEqual({ done: 40 });
  });

  test('P04: UIDs that a restored folder gives out again are looked at again', async () => {
    await rig.look({ memory });
    // An older state of the folder: its last mails are gone, and UIDNEXT is as it was then.
    rig.maildir.rewindUids(20);
    for (const name of names.slice(-10)) rig.maildir.remove(name);
    deliver(range(100, 5));
    await settle();
    expect(await rig.totalMessages()).toBe((REPORTS + 5) * MESSAGES);
    expect(states()['pending']).toBeUndefined();
  });

  test('P04: and so are those of a restored folder into which more mail came than it had lost', async () => {
    await rig.look({ memory });
    rig.maildir.rewindUids(20);
    for (const name of names.slice(-10)) rig.maildir.remove(name);
    deliver(range(100, 60));
    await settle();
    expect(await rig.totalMessages()).toBe((REPORTS + 60) * MESSAGES);
    expect(states()['pending']).toBeUndefined();
    const lookedAt = states()['done'];
    deliver(range(300, 3));
    expect(await rig.look({ memory })).toMatchObject({ ok: true, value: { reports: 3, seen: 4 } });
    expect(states()['done']).toBe((lookedAt ?? 0) + 4);
  });

  test('P05: what is expunged between listing and fetching is unresolved, and gone after two looks', async () => {
    const cases = inFullOrShare(40, 6);
    const random = createRandom(longRunSeed);
    for (let one = 0; one < cases; one += 1) {
      rig = await makeFolderRig(server, server.port);
      [memory, names] = [newFolderMemory(), []];
      deliver(range(0, REPORTS));
      const gone = new Set(range(0, 1 + integer(random, 6)).map(() => integer(random, REPORTS)));
      await lookWhile(() => [...gone].forEach((place) => rig.maildir.remove(names[place] ?? '')));
      await settle();
      const stored = (await rig.totalMessages()) / MESSAGES;
      // Some were already on their way when they were deleted.
      expect(stored).toBeGreaterThanOrEqual(REPORTS - gone.size);
      const { done = 0, unresolved = 0, ...others } = states();
      expect({ mails: done + unresolved, others }).toEqual({ mails: 40, others: {} });
      expect(unresolved).toBe(REPORTS - stored);
    }
    printFigure({ figure: 'expunged-meanwhile', n: cases, of: cases, full: 40 });
  }, 120_000);

  test.each<[string, Meddle]>([
    ['deletes all mail', () => names.forEach((name) => rig.maildir.remove(name))],
    [
      'moves all mail to another folder',
      () => names.forEach((name) => rig.maildir.move(name, `${rig.folder}-away`)),
    ],
  ])('P20: another client that %s meanwhile takes nothing of what is stored', async (_, meddle) => {
    await rig.look({ memory });
    deliver(range(REPORTS, 10));
    await lookWhile(meddle);
    await settle();
    const stored = (await rig.totalMessages()) / MESSAGES;
    expect(stored).toBeGreaterThanOrEqual(REPORTS);
    const { done = 0, unresolved = 0, ...others } = states();
    expect(others).toEqual({});
    expect(done + unresolved).toBe(53 + 1);
    // New mail goes on being read.
    deliver(range(200, 3));
    await settle();
    expect((await rig.totalMessages()) / MESSAGES).toBe(stored + 3);
  });
});
