import { hash } from 'node:crypto';
import {
  createDocumentDecoder,
  type DecodedDocument,
  type DocumentDecoder,
} from './decode-document.ts';
import type { DocumentPlace, KeptBytes, ReadDocument } from './document.ts';
import { createHeadReader } from './head-reader.ts';
import { nameToKeep } from './kept-name.ts';
import type { Limits } from './limits.ts';
import { notAReport, type Problem, refused } from './problem.ts';
import { createRecordReader } from './record-reader.ts';
import { unpack, type Unpacked } from './unpack.ts';
import { type PlainContent, unpackPlain } from './unpack-plain.ts';
import type { Warning } from './report.ts';
import {
  chunksOf,
  type Content,
  deflated,
  inflateKeptChunks,
  keptOf,
  wholeOf,
} from './unpack-content.ts';

export { inflateKept, inflateKeptChunks } from './unpack-content.ts';

export interface DocumentReader {
  /**
   * Reads the bytes of one attachment or file.
   * @param place where they lie; `position` is that of the first document.
   * @param nowSeconds Unix time, against which dates that lie ahead are refused.
   * @returns at least one document, with rising positions; an archive gives one for each file in it.
   */
  readAttachment(bytes: Buffer, place: DocumentPlace, nowSeconds: number): Promise<ReadDocument[]>;
}

/** Reads again what was kept of a document. */
export interface KeptReader {
  /**
   * @param told warnings of the first reading; those that its packing gave rise to are told again.
   * @throws where the kept bytes are damaged.
   */
  readKept(kept: KeptBytes, told: readonly Warning[]): Promise<DecodedDocument>;
}

/** Warnings about what was around a document, which is not kept. */
const OF_THE_PACKING: ReadonlySet<Warning> = new Set(['trailing-bytes']);

export interface DocumentReaderOptions {
  /**
   * false: every packing is unpacked step by step, and every record read tag by tag, as only unusual
   * ones are otherwise. Both give the same.
   */
  plainShape?: boolean;
}

/** A reader that remembers what it has read, within bounds: there is one for the life of a process. */
export function createDocumentReader(
  limits: Limits,
  { plainShape = true }: DocumentReaderOptions = {},
): DocumentReader & KeptReader {
  const readers = { heads: createHeadReader(), records: createRecordReader(limits) };
  const createDecoder = () => createDocumentDecoder(readers, limits, plainShape);
  return {
    async readAttachment(bytes, place, nowSeconds) {
      const plain = plainShape ? unpackPlain(bytes, limits) : null;
      if (plain !== null) return [readPlain(plain, createDecoder(), place, nowSeconds)];
      const documents: ReadDocument[] = [];
      const kept = keptOnce(bytes);
      const stop = stopAfter(limits);
      for await (const unpacked of unpack(bytes, place.name, limits)) {
        const at = {
          position: place.position + documents.length,
          part: place.part,
          name: nameToKeep(unpacked.name),
        };
        const stopped = stop(documents.length);
        if (stopped !== null) {
          documents.push({ ...at, ...withoutContent(stopped, kept) });
          break;
        }
        const read = unpacked.content.ok
          ? await readContent(unpacked.content.value, createDecoder(), unpacked, nowSeconds)
          : withoutContent(unpacked.content.problem, kept);
        documents.push({ ...at, ...read });
      }
      return documents.some(({ outcome }) => outcome !== 'not-a-report') || documents.length === 1
        ? documents
        : [{ ...place, name: nameToKeep(place.name), ...dropped(nothingInside(documents.length)) }];
    },
    async readKept(kept, told) {
      const decoder = createDecoder();
      let bytes = 0;
      for await (const chunk of inflateKeptChunks(kept)) {
        bytes += chunk.length;
        decoder.write(chunk);
      }
      if (bytes !== kept.inflatedBytes) {
        throw new Error(`${bytes} bytes came out of what should hold ${kept.inflatedBytes}`);
      }
      const again = told.filter((warning) => OF_THE_PACKING.has(warning));
      // It was believed when it came: no clock refuses it now.
      return decoder.end(again, Number.MAX_SAFE_INTEGER);
    },
  };
}

type Reading = ReadDocument extends infer D
  ? D extends ReadDocument
    ? Omit<D, keyof DocumentPlace>
    : never
  : never;

const nothingInside = (files: number): Problem =>
  notAReport('no-report-inside', `None of its ${files} files is a report.`);

const dropped = (problem: Problem): Reading => ({
  outcome: 'not-a-report',
  problem,
  contentSha256: null,
  kept: null,
});

/** What cannot be unpacked is kept as it came, with all that is around it. */
function withoutContent(problem: Problem, attachment: () => WholeKept): Reading {
  if (problem.outcome === 'not-a-report') return dropped(problem);
  return { outcome: 'refused', problem, ...attachment() };
}

interface WholeKept {
  contentSha256: string;
  kept: KeptBytes;
}

/** An attachment is packed once, however many of its members cannot be read. */
function keptOnce(attachment: Buffer): () => WholeKept {
  let whole: WholeKept | null = null;
  return () => {
    whole ??= {
      contentSha256: hash('sha256', attachment, 'hex'),
      kept: deflated(attachment),
    };
    return whole;
  };
}

/**
 * Why no more of an attachment is read, after so many documents of it; null: it goes on. The clock is
 * looked at here because reading leaves no room for a timer.
 */
function stopAfter({ documents, messageSeconds }: Limits): (count: number) => Problem | null {
  const endMs = performance.now() + messageSeconds * 1000;
  return (count) => {
    if (count >= documents) {
      return refused('too-many-entries', `It holds more than ${documents} documents.`);
    }
    return performance.now() < endMs
      ? null
      : refused('timed-out', `more than ${messageSeconds} seconds`);
  };
}

async function readContent(
  content: Content,
  decoder: DocumentDecoder,
  { warnings }: Unpacked,
  nowSeconds: number,
): Promise<Reading> {
  const whole = wholeOf(content);
  if (content.form === 'deflated' && whole !== null) decoder.write(whole);
  else for await (const chunk of chunksOf(content)) decoder.write(chunk);
  const decoded = decoder.end(warnings, nowSeconds);
  const { result } = decoded;
  return !result.ok && result.problem.outcome === 'not-a-report'
    ? dropped(result.problem)
    : readingOf(decoded, await keptOf(content));
}

function readPlain(
  { name, packed, whole }: PlainContent,
  decoder: DocumentDecoder,
  place: DocumentPlace,
  nowSeconds: number,
): ReadDocument {
  const inner = name === null ? place.name : `${place.name}!${name}`;
  decoder.write(whole);
  const kept = {
    encoding: 'deflate-raw' as const,
    bytes: packed,
    inflatedBytes: whole.length,
  };
  const reading = readingOf(decoder.end([], nowSeconds), kept);
  return { position: place.position, part: place.part, name: nameToKeep(inner), ...reading };
}

function readingOf({ result, contentSha256 }: DecodedDocument, kept: KeptBytes): Reading {
  if (result.ok) return { outcome: 'report', report: result.value, contentSha256, kept };
  const { problem } = result;
  if (problem.outcome === 'not-a-report') return dropped(problem);
  return { outcome: 'refused', problem, contentSha256, kept };
}
