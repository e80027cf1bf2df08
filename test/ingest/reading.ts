import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReadDocument } from '../../ingest/document.ts';
import { defaultLimits, type Limits } from '../../ingest/limits.ts';
import { createDocumentReader, type DocumentReaderOptions } from '../../ingest/read-document.ts';
import type { AggregateReport } from '../../ingest/report.ts';

export const fixturesDir = path.resolve(import.meta.dirname, '../fixtures/reports');
export const fixture = (name: string): Buffer => readFileSync(path.join(fixturesDir, name));

/** 2 January 2026: a day after the fixtures' reports end. */
export const NOW_SECONDS = 1_767_398_400;

/** Reads bytes as one attachment, by a reader of its own. */
export function read(
  bytes: Buffer | string,
  limits: Partial<Limits> = {},
  options: DocumentReaderOptions = {},
): Promise<ReadDocument[]> {
  const reader = createDocumentReader({ ...defaultLimits, ...limits }, options);
  const place = { part: '', name: 'attachment', position: 0 };
  return reader.readAttachment(Buffer.from(bytes as string), place, NOW_SECONDS);
}

export async function readOne(
  bytes: Buffer | string,
  limits: Partial<Limits> = {},
  options: DocumentReaderOptions = {},
): Promise<ReadDocument> {
  const [document, ...more] = await read(bytes, limits, options);
  if (document === undefined || more.length > 0) throw new Error('not one document');
  return document;
}

/** @throws where the document is no report, naming why. */
export async function readReport(bytes: Buffer | string): Promise<AggregateReport> {
  const document = await readOne(bytes);
  if (document.outcome !== 'report') throw new Error(document.problem.reason);
  return document.report;
}

/** 'report', or the reason why it is none. */
export const outcomeOf = (document: ReadDocument): string =>
  document.outcome === 'report' ? 'report' : document.problem.reason;

export const outcomes = async (
  bytes: Buffer | string,
  limits: Partial<Limits> = {},
  options: DocumentReaderOptions = {},
): Promise<string[]> => (await read(bytes, limits, options)).map(outcomeOf);
