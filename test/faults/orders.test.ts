import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DecidedMessage } from '../../ingest/ledger.ts';
import { defaultLimits } from '../../ingest/limits.ts';
import { readMail } from '../../ingest/mail.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { openWriter } from '../../server/store/open.ts';
import type { StoreWriter } from '../../server/store/store.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { NOW_SECONDS } from '../imap/polling.ts';
import { reportXml } from '../imap/report-files.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { projectDir, temporaryDir } from '../program.ts';
import { databaseContents } from './database-digest.ts';
import { ownNaming } from './fault-store.ts';
import { goldenMailbox } from './golden-mailbox.ts';
import { expectGoldenRows, expectSumsOfRows, expectWhole } from './store-truth.ts';

const ORDERS = 500;
const FOLDERS = 4;
const golden = goldenMailbox({
  ...{ seed: longRunSeed, reports: 26, others: 12, repeats: 8, conflicts: 8 },
});

const cutOff = (serial: number): Buffer => {
  const bytes = gzipSync(reportXml(serial).slice(0, 400 + 100 * serial));
  return REPORT_FORMS.multipart({ name: `cut-off-${serial}.xml.gz`, bytes });
};
const mails = [...golden.mails, ...Array.from({ length: 6 }, (_, serial) => cutOff(serial))];

/** One mail that arrives, in a folder. */
interface Arrival {
  mail: number;
  folder: number;
}

/** How mails arrive, and how many of a folder are committed together. */
interface Order {
  arrivals: Arrival[];
  batches: number[];
}

const folder = fc.nat({ max: FOLDERS - 1 });
const everyMail = mails.map((_, mail) => mail);
/** Every mail once, and some of them again, in any order. */
const anyOrder = (mostAgain: number): fc.Arbitrary<Order> =>
  fc
    .array(fc.nat({ max: mails.length - 1 }), { maxLength: mostAgain })
    .chain((again) => {
      const all = [...everyMail, ...again];
      return fc.record({
        order: fc.shuffledSubarray(all, { minLength: all.length }),
        folders: fc.array(folder, { minLength: all.length, maxLength: all.length }),
        batches: fc.array(fc.integer({ min: 1, max: 30 }), {
          ...{ minLength: FOLDERS, maxLength: FOLDERS },
        }),
      });
    })
    .map(({ order, folders, batches }) => ({
      arrivals: order.map((mail, place) => ({ mail, folder: folders[place] ?? 0 })),
      batches,
    }));

let read: Pick<DecidedMessage, 'documents' | 'headerBlock' | 'sizeBytes'>[];
let work: ReturnType<typeof temporaryDir>;
let stores = 0;

async function storeOf({ arrivals, batches }: Order): Promise<string> {
  const dataDir = path.join(work.dir, `store-${(stores += 1)}`);
  const migrationsDir = path.join(projectDir, 'migrations');
  const writer = openWriter({ dataDir, migrationsDir, naming: ownNaming() });
  const mailboxes = [];
  for (let place = 0; place < FOLDERS; place += 1) mailboxes.push(await mailboxOf(writer, place));
  const waiting: DecidedMessage[][] = mailboxes.map(() => []);
  const flush = async (place: number): Promise<void> => {
    const batch = waiting[place]?.splice(0) ?? [];
    if (batch.length === 0) return;
    await writer.beginAttempts(
      batch.map(({ key }) => key),
      NOW_SECONDS,
    );
    await writer.commit(batch, NOW_SECONDS + stores);
  };
  for (const [uid, { mail, folder: place }] of arrivals.entries()) {
    const found = read[mail];
    const mailboxId = mailboxes[place];
    if (found === undefined || mailboxId === undefined) throw new RangeError('No such mail.');
    const key = { mailboxId, uidValidity: '1', uid: uid + 1, name: '' };
    if ((waiting[place]?.push({ key, ...found }) ?? 0) >= (batches[place] ?? 1)) await flush(place);
  }
  for (const place of mailboxes.keys()) await flush(place);
  await writer.close();
  return dataDir;
}

async function mailboxOf(writer: StoreWriter, place: number): Promise<number> {
  const address = { user: 'u', host: 'imap.example.org', port: 993, security: 'tls' } as const;
  return (await writer.ensureMailbox('environment', { ...address, folder: `F${place}` })).id;
}

/** Of a mail that came again, its ledger rows tell the same; how often it came does not count. */
function withoutRepeats({ message = [], ...contents }: Record<string, string[]>): unknown {
  return { ...contents, arrivals: null, message: [...new Set(message)] };
}

describe('a set of 60 mails', () => {
  beforeAll(async () => {
    work = temporaryDir();
    const reader = createDocumentReader(defaultLimits);
    read = [];
    for (const mail of mails) {
      const found = await readMail(mail, defaultLimits, reader, NOW_SECONDS);
      read.push({ ...found, sizeBytes: mail.length });
    }
  });
  afterAll(() => work.remove());

  test('leaves the same database in any order, over any folders, in any batches, however often it comes', async () => {
    const inOrder = everyMail.map((mail) => ({ mail, folder: 0 }));
    const first = await storeOf({ arrivals: inOrder, batches: [1] });
    expectWhole(first);
    expectGoldenRowsOf(first);
    expectSumsOfRows(first);
    const wanted = databaseContents(first);
    const orders = inFullOrShare(ORDERS, 40);
    let same = 0;
    const differs = async (order: Order): Promise<void> => {
      const found = databaseContents(await storeOf(order));
      if (order.arrivals.length === mails.length) expect(found).toEqual(wanted);
      else expect(withoutRepeats(found)).toEqual(withoutRepeats(wanted));
      same += 1;
    };
    const options = { numRuns: orders / 2, seed: longRunSeed };
    await fc.assert(fc.asyncProperty(anyOrder(0), differs), options);
    await fc.assert(fc.asyncProperty(anyOrder(60), differs), options);
    printFigure({
      ...{ figure: 'orders', n: same, of: orders, full: ORDERS, mails: mails.length },
      ...{ folders: FOLDERS, conflicts: golden.outcomes.conflict },
    });
  }, 900_000);
});

/** The six that are cut off are kept as well. */
function expectGoldenRowsOf(dataDir: string): void {
  const cut = read.slice(golden.mails.length).flatMap(({ documents }) => documents);
  expect(cut.map(({ outcome }) => outcome)).toEqual(cut.map(() => 'refused'));
  const contents = cut.map(({ contentSha256 }) => contentSha256 ?? '');
  const all = { ...golden, contents: [...golden.contents, ...contents].sort() };
  expectGoldenRows(dataDir, all);
}
