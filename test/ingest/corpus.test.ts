import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import {
  emptyTally,
  addToTally,
  facetOf,
  outcomeOf as outcomeOfProfile,
} from '../../ingest/outcome.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import type { AggregateReport } from '../../ingest/report.ts';
import { corpus } from '../corpus.ts';
import { type ManifestRow, readManifest } from '../manifest.ts';
import { isMissing } from '../parts.ts';

/** Long after the newest report. */
const NOW_SECONDS = 1_800_000_000;
const BOM = 0xef;

const folder = corpus.path ?? '';
const isSkipped = isMissing(corpus);
const files = isSkipped ? [] : [...rowsByFile(readManifest(folder))];
const reader = createDocumentReader(defaultLimits);
const general = createDocumentReader(defaultLimits, { plainShape: false });
const bytesOf = (file: string): Buffer => readFileSync(path.join(folder, file));
const place = (name: string) => ({ part: '', name, position: 0 });

function totalsOf({ rows, profiles, recordCount }: AggregateReport) {
  const tally = emptyTally();
  for (const { profile, count } of rows) {
    const said = profiles[profile];
    if (said !== undefined) addToTally(tally, facetOf(outcomeOfProfile(said)), count);
  }
  const { messages, dkimAligned, spfAligned, dmarcAligned } = tally;
  return { records: recordCount, messages, dkimAligned, spfAligned, dmarcAligned };
}

const expectedTotals = ({
  records,
  messages,
  dkimAligned,
  spfAligned,
  dmarcAligned,
}: ManifestRow) => ({
  records,
  messages,
  dkimAligned,
  spfAligned,
  dmarcAligned,
});

describe.skipIf(isSkipped)('a real report', () => {
  test.each(files)('%s is what the manifest says', async (file, rows) => {
    const bytes = bytesOf(file);
    const documents = await reader.readAttachment(bytes, place(file), NOW_SECONDS);
    expect(documents).toHaveLength(rows.length);
    rows.forEach((row, index) => {
      const document = documents[index];
      if (row.kind === 'aggregate') {
        if (document?.outcome !== 'report') throw new Error(`${file}: ${document?.problem.reason}`);
        const { metadata, policyPublished } = document.report;
        expect(totalsOf(document.report)).toEqual(expectedTotals(row));
        expect([metadata.orgName, metadata.reportId, policyPublished.domain]).toEqual([
          row.org,
          row.reportId,
          row.domain.toLowerCase(),
        ]);
        // The manifest hashes a byte order mark with the rest.
        if (bytes[0] !== BOM) expect(document.contentSha256).toContain(row.sha256Start);
      } else {
        expect(document).toMatchObject(expectedOther(row));
      }
    });
  });

  test.each(files)('%s is the same when it is read tag by tag', async (file) => {
    const bytes = bytesOf(file);
    const byTags = await general.readAttachment(bytes, place(file), NOW_SECONDS);
    expect(byTags).toEqual(await reader.readAttachment(bytes, place(file), NOW_SECONDS));
  });
});

/** Mails are read elsewhere. */
function rowsByFile(rows: readonly ManifestRow[]): Map<string, ManifestRow[]> {
  const byFile = new Map<string, ManifestRow[]>();
  for (const row of rows) {
    if (!row.file.endsWith('.eml')) byFile.set(row.file, [...(byFile.get(row.file) ?? []), row]);
  }
  return byFile;
}

function expectedOther({ kind, sha256Start }: ManifestRow) {
  if (kind === 'tlsrpt') return { outcome: 'not-a-report', problem: { reason: 'tls-report' } };
  if (kind === 'other') return { outcome: 'not-a-report', problem: { reason: 'not-xml' } };
  // The start of the SHA-256 of nothing.
  return sha256Start === 'e3b0c44298fc1c149afbf4c8'
    ? { outcome: 'not-a-report', problem: { reason: 'empty' } }
    : { outcome: 'refused', problem: { reason: 'malformed' } };
}
