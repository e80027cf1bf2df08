import { expect } from 'vitest';
import type { ReadDocument } from '../../ingest/document.ts';
import { defaultLimits } from '../../ingest/limits.ts';
import { readMail } from '../../ingest/mail.ts';
import { createDocumentReader, inflateKept } from '../../ingest/read-document.ts';
import type { StoreReader } from '../../server/store/store.ts';
import type { MatrixCase } from './row.ts';

/** Refused before any part was chosen to be read: the mailbox alone has the bytes. */
const OF_THE_WHOLE_MAIL = new Set(['oversized', 'header-size', 'mime-parts', 'mime-depth']);
/** Larger ones are not read again here: memory is what these cases are about. */
const READ_AGAIN_BYTES = 8 * 1024 * 1024;

/** Of whatever was refused, the store has the bytes, and reading them again gives the same reason. */
export async function expectKept(
  store: StoreReader,
  { attack, expected }: MatrixCase,
  bytes: Buffer,
  nowSeconds: number,
): Promise<void> {
  const reasons = expected.flatMap((said) => /^refused (.*)$/.exec(said)?.[1] ?? []);
  if (!reasons.some((reason) => !OF_THE_WHOLE_MAIL.has(reason))) return;
  if (bytes.length > READ_AGAIN_BYTES) return;
  const reader = createDocumentReader(defaultLimits);
  const { documents } = await readMail(bytes, defaultLimits, reader, nowSeconds);
  for (const document of documents) {
    if (document.outcome !== 'refused' || document.problem.reason === 'too-many-attachments') {
      continue;
    }
    const { contentSha256, problem, part, name } = document;
    const kept = contentSha256 === null ? null : await store.keptBytes(contentSha256);
    if (kept === null) throw new Error(`Nothing is kept of ${attack}.`);
    const place = { part, name, position: 0 };
    const again = await reader.readAttachment(inflateKept(kept), place, nowSeconds);
    if (problem.reason !== 'transfer-encoding' && problem.detail !== 'uuencoded') {
      expect(again.map(reasonOf), attack).toContain(problem.reason);
    }
  }
}

const reasonOf = (document: ReadDocument): string | null =>
  document.outcome === 'report' ? null : document.problem.reason;
