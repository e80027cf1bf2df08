import { hash } from 'node:crypto';
import path from 'node:path';
import type { ReadDocument } from '../ingest/document.ts';
import { type FoundFile, readFound, walkPaths } from '../ingest/files.ts';
import type { Limits } from '../ingest/limits.ts';
import { refused } from '../ingest/problem.ts';
import type { DocumentReader } from '../ingest/read-document.ts';
import {
  type ReadingTrial,
  type Suspicion,
  suspicionOf,
  type TrialContent,
} from '../ingest/reading-trial.ts';
import { addDecided, addProblem, emptyCounts, type RunCounts } from './run-summary.ts';
import type { DecidedMessage, MessageKey, StoreWriter } from './store/store.ts';

/**
 * Files of one transaction. Each costs two waits for the disk, and every page of the sums that its
 * reports touch is written once: in a store of a million records that is most of what a report costs.
 */
const BATCH_FILES = 1_000;
/** Bytes of one transaction, so that a few large files do not add up in memory. */
const BATCH_BYTES = 8 * 1024 * 1024;

export interface ImportDeps {
  writer: StoreWriter;
  reader: DocumentReader;
  trial: ReadingTrial;
  limits: Limits;
  nowSeconds: () => number;
}

export interface ImportProgress {
  /** Files, mails and members seen so far. */
  seen: number;
  /** Files to look at; null while they are still being counted, and where containers hide more. */
  total: number | null;
  stored: number;
}

interface Item extends FoundFile {
  key: MessageKey;
}

/**
 * Imports files, folders, Maildirs, mboxes and tars. Every file gets its ledger row and its outcome; a
 * broken one never ends the run.
 * @param nameOf what to call a file in the ledger; an upload has another name than its spool file.
 */
export async function importPaths(
  deps: ImportDeps,
  paths: readonly string[],
  onProgress: (progress: ImportProgress) => void,
  nameOf: (file: string) => string = (file) => file,
): Promise<RunCounts> {
  const files: string[] = [];
  for await (const file of walkPaths(paths)) files.push(file);
  async function* everyFound(): AsyncGenerator<FoundFile> {
    for (const file of files) {
      for await (const found of readFound(file, deps.limits.messageBytes)) {
        yield { ...found, file: nameOf(found.file) };
      }
    }
  }
  return importFound(deps, everyFound(), files.length, onProgress);
}

/** Imports what is handed over one by one, in batches of one transaction each. */
export async function importFound(
  deps: ImportDeps,
  source: AsyncIterable<FoundFile> | Iterable<FoundFile>,
  total: number | null,
  onProgress: (progress: ImportProgress) => void,
): Promise<RunCounts> {
  const { id: mailboxId } = await deps.writer.ensureFiles();
  const counts = emptyCounts();
  let seen = 0;
  let bytes = 0;
  let batch: Item[] = [];
  const flush = async (): Promise<void> => {
    await importBatch(deps, batch, counts);
    seen += batch.length;
    onProgress({
      seen,
      total: total === null ? null : Math.max(total, seen),
      stored: counts.stored,
    });
    [batch, bytes] = [[], 0];
  };
  for await (const found of source) {
    batch.push({ ...found, key: keyOf(mailboxId, found) });
    bytes += found.bytes.length;
    if (batch.length >= BATCH_FILES || bytes >= BATCH_BYTES) await flush();
  }
  await flush();
  return counts;
}

const keyOf = (mailboxId: number, found: FoundFile): MessageKey => ({
  mailboxId,
  uidValidity: hash('sha256', found.bytes, 'hex'),
  uid: found.ordinal,
  name: path.basename(found.file),
});

async function importBatch(
  deps: ImportDeps,
  items: readonly Item[],
  counts: RunCounts,
): Promise<void> {
  const by: Record<Suspicion, Item[]> = { none: [], try: [], 'try-alone': [], 'set-aside': [] };
  for (const item of items) {
    by[suspicionOf(await deps.writer.attemptsOf(item.key))].push(item);
  }
  for (const item of by['set-aside']) await setAside(deps, item, counts);
  await attempt(deps, by.none, counts);
  await attempt(deps, await tryApart(deps, by.try, counts), counts);
  for (const item of await tryApart(deps, by['try-alone'], counts)) {
    await attempt(deps, [item], counts);
  }
}

/** Sets aside what ends a process that does nothing but read it. @returns the others. */
async function tryApart(
  deps: ImportDeps,
  items: readonly Item[],
  counts: RunCounts,
): Promise<Item[]> {
  const contents = items.map(({ kind, bytes, file }): TrialContent => {
    if (kind === 'mail') return { kind, bytes };
    return { kind: 'document', bytes, name: path.basename(file) };
  });
  const survived = contents.length === 0 ? [] : await deps.trial(contents);
  for (const [place, item] of items.entries()) {
    if (survived[place] === false) await setAside(deps, item, counts);
  }
  return items.filter((_, place) => survived[place] !== false);
}

async function attempt(deps: ImportDeps, items: readonly Item[], counts: RunCounts): Promise<void> {
  if (items.length === 0) return;
  await deps.writer.beginAttempts(
    items.map((item) => item.key),
    deps.nowSeconds(),
  );
  await decide(deps, items, counts);
}

async function setAside(deps: ImportDeps, item: Item, counts: RunCounts): Promise<void> {
  await deps.writer.markMessages([item.key], 'set-aside', deps.nowSeconds());
  addProblem(counts, {
    file: item.file,
    member: '',
    reason: 'crashed',
    detail: 'It ends whatever process reads it, and is set aside.',
  });
}

async function decide(deps: ImportDeps, items: readonly Item[], counts: RunCounts): Promise<void> {
  const messages: DecidedMessage[] = [];
  for (const item of items) messages.push(await readItem(deps, item));
  const decided = await deps.writer.commit(messages, deps.nowSeconds());
  for (const [index, item] of items.entries()) {
    if (item.kind === 'mail') counts.mails += 1;
    addDecided(counts, item.file, messages[index]?.documents ?? [], decided[index] ?? []);
  }
}

async function readItem(deps: ImportDeps, item: Item): Promise<DecidedMessage> {
  const { documents, headerBlock } = await readBytes(deps, item);
  return { key: item.key, sizeBytes: item.bytes.length, headerBlock, documents };
}

async function readBytes(
  { reader, limits, nowSeconds }: ImportDeps,
  item: Item,
): Promise<{ headerBlock: Buffer | null; documents: ReadDocument[] }> {
  const place = { part: '', name: path.basename(item.file), position: 0 };
  switch (item.kind) {
    case 'mail': {
      // Loaded when the first mail comes: most folders hold report files alone.
      const { readMail } = await import('../ingest/mail.ts');
      return readMail(item.bytes, limits, reader, nowSeconds());
    }
    case 'document':
      return {
        headerBlock: null,
        documents: await reader.readAttachment(item.bytes, place, nowSeconds()),
      };
    case 'oversized':
      return {
        headerBlock: null,
        documents: [undecodable(place, refused('oversized', item.detail))],
      };
    case 'unreadable':
      return {
        headerBlock: null,
        documents: [undecodable(place, refused('fetch-failed', item.detail))],
      };
  }
}

const undecodable = (
  place: { part: string; name: string; position: number },
  problem: ReturnType<typeof refused>,
): ReadDocument => ({ ...place, outcome: 'refused', problem, contentSha256: null, kept: null });
