import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { notReportDocument, type PartsToRead } from '../../ingest/mail-documents.ts';
import { decideMessages } from '../../ingest/poll-decide.ts';
import type { ReadingTrial } from '../../ingest/reading-trial.ts';
import { createWorkLine } from '../../ingest/poll-work-line.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import type { Candidate } from '../../ingest/report-parts.ts';
import { openTempStore } from '../server/store/temp-store.ts';
import { builtTrial } from '../reading-trial.ts';

const UIDS = [1, 2, 3, 4];

test('a stop comes between two transactions, and leaves the rest undecided', async () => {
  const { writer, mailboxId } = await openTempStore();
  const stop = new AbortController();
  await decideMessages(
    {
      ledger: writer,
      reader: createDocumentReader(defaultLimits),
      limits: defaultLimits,
      trial: builtTrial,
      nowSeconds: () => 1_773_000_000,
      signal: stop.signal,
      keyOf: (uid) => ({ mailboxId, uidValidity: '7', uid, name: '' }),
      // Begun so often that each goes alone.
      attemptsOf: () => 3,
      onCommitted: ([message]) => {
        if (message?.key.uid === 2) stop.abort();
      },
    },
    UIDS.map((uid) => ({
      ...{ uid, sizeBytes: 1, headerBlock: null },
      content: { documents: [notReportDocument('ordinary-mail')] },
    })),
  );
  const open = await writer.undecided(mailboxId, '7', UIDS);
  expect(open.map(({ uid }) => uid)).toEqual([3, 4]);
});

test('the attempts of all are counted in the store before anything of the first is read', async () => {
  const { writer, mailboxId } = await openTempStore();
  const reader = createDocumentReader(defaultLimits);
  const uids = [1, 2];
  const attempts: number[][] = [];
  const candidate = {
    part: '2',
    name: 'report.xml',
    encoding: '7bit',
    sizeBytes: 9,
    look: 'fetch',
  } as const;
  await decideMessages(
    {
      ledger: writer,
      reader: {
        readAttachment: async (...given) => {
          const begun = await writer.undecided(mailboxId, '7', uids);
          attempts.push(begun.map((one) => one.attempts));
          return reader.readAttachment(...given);
        },
      },
      limits: defaultLimits,
      trial: builtTrial,
      nowSeconds: () => 1_773_000_000,
      signal: new AbortController().signal,
      keyOf: (uid) => ({ mailboxId, uidValidity: '7', uid, name: '' }),
      attemptsOf: () => 0,
      onCommitted: () => undefined,
    },
    uids.map((uid) => ({
      ...{ uid, sizeBytes: 1, headerBlock: null },
      content: {
        toRead: {
          parts: [{ candidate, body: Buffer.from('<feedback') }],
          untried: 0,
          notReport: 'ordinary-mail',
        },
      },
    })),
  );
  expect(attempts).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test('after a stop no work begins that waits for what was left open', async () => {
  const stop = new AbortController();
  const line = createWorkLine(stop.signal);
  const begun: string[] = [];
  await line.add(async () => {
    begun.push('decide');
    stop.abort();
  });
  await line.add(async () => void begun.push('save how far was read'));
  await line.end();
  expect(begun).toEqual(['decide']);
});

describe('what was in company of a death', () => {
  const body = Buffer.from('<feedback');
  const candidate: Candidate = {
    ...{ part: '2', name: 'report.xml', encoding: '7bit', sizeBytes: body.length },
    look: 'fetch',
  };
  const toRead: PartsToRead = {
    parts: [{ candidate, body }],
    untried: 0,
    notReport: 'ordinary-mail',
  };

  async function decideWith(trial: ReadingTrial, signal: AbortSignal) {
    const { writer, mailboxId } = await openTempStore();
    await decideMessages(
      {
        ...{ ledger: writer, reader: createDocumentReader(defaultLimits), limits: defaultLimits },
        ...{ trial, signal, nowSeconds: () => 1_773_000_000, onCommitted: () => undefined },
        keyOf: (uid) => ({ mailboxId, uidValidity: '7', uid, name: '' }),
        attemptsOf: (uid) => (uid === 1 ? 0 : 1),
      },
      UIDS.map((uid) => ({
        ...{ uid, sizeBytes: 1, headerBlock: null },
        content: { toRead },
      })),
    );
    return writer.undecided(mailboxId, '7', UIDS);
  }

  test('is set aside where its trial says so, alone', async () => {
    const tried: number[] = [];
    const trial: ReadingTrial = async (contents) => {
      tried.push(contents.length);
      return contents.map((_, place) => place !== 1);
    };
    expect(await decideWith(trial, new AbortController().signal)).toEqual([]);
    expect(tried).toEqual([3]);
  });

  test('is not blamed for a trial that a stop came into', async () => {
    const stop = new AbortController();
    const trial: ReadingTrial = async (contents) => {
      stop.abort();
      return contents.map(() => false);
    };
    const open = await decideWith(trial, stop.signal);
    expect(open).toEqual([2, 3, 4].map((uid) => ({ uid, attempts: 0 })));
  });
});
