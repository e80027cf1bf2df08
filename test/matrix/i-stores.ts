import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { readMail } from '../../ingest/mail.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { digestOf } from '../server/store/digest.ts';
import { openTempStore } from '../server/store/temp-store.ts';
import { importHere, NOW_SECONDS } from './sandwich.ts';

/** Whatever their order, and once more in the opposite one, the same mails make the same store. */
export async function expectOneDigest(mails: readonly Buffer[]): Promise<void> {
  const orders = permutations(mails);
  const digests = new Set<string>();
  for (const order of orders) digests.add(await digestAfter(order));
  expect(orders).toHaveLength(120);
  expect(digests.size).toBe(1);
}

async function digestAfter(order: readonly Buffer[]): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ruadmap-order-'));
  try {
    const [mailsDir, dataDir] = [path.join(folder, 'mails'), path.join(folder, 'data')];
    mkdirSync(mailsDir);
    for (const [place, bytes] of order.entries()) {
      writeFileSync(path.join(mailsDir, `${place}.eml`), bytes);
      // One by one: each is a transaction, as mails arrive.
      await importHere(path.join(mailsDir, `${place}.eml`), dataDir);
    }
    return digestOf(dataDir);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [
      item,
      ...rest,
    ]),
  );
}

/** The report counts once, and tells both folders. */
export async function expectTwoPlaces(mail: Buffer): Promise<void> {
  const { writer, reader } = await openTempStore();
  const documentReader = createDocumentReader(defaultLimits);
  const outcomes: string[] = [];
  let reportId = 0;
  for (const folder of ['INBOX', 'Archive']) {
    const { id: mailboxId } = await writer.ensureMailbox('environment', {
      ...{ user: 'me@example.org', host: 'imap.example.org', port: 993, security: 'tls' },
      folder,
    });
    const read = await readMail(mail, defaultLimits, documentReader, NOW_SECONDS);
    const key = { mailboxId, uidValidity: '1', uid: 1, name: '' };
    await writer.beginAttempts([key], NOW_SECONDS);
    const decided = await writer.commit([{ key, sizeBytes: mail.length, ...read }], NOW_SECONDS);
    outcomes.push(...decided.flat().map(({ outcome }) => outcome));
    reportId = decided[0]?.[0]?.reportId ?? 0;
  }
  expect(outcomes).toEqual(['stored', 'duplicate']);
  const { tally } = await reader.totals({ from: null, to: null, domain: null });
  expect(tally.messages).toBe(5);
  const arrivals = (await reader.report(reportId))?.arrivals ?? [];
  expect(arrivals.map(({ mailbox }) => mailbox).sort()).toMatchObject([
    expect.stringContaining('Archive'),
    expect.stringContaining('INBOX'),
  ]);
}
