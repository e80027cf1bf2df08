import { createContentHash } from './content-hash.ts';
import { createReportBuilder, type PieceReaders } from './decode-report.ts';
import type { Limits } from './limits.ts';
import { notAReport, type Problem, refused } from './problem.ts';
import type { AggregateReport, Warning } from './report.ts';
import { bad, type Result } from './result.ts';
import { createSplitter } from './splitter.ts';
import { type Bom, sniffBom } from './text-encoding.ts';
import { otherThanXml } from './text-kind.ts';
import { createTextStream } from './text-stream.ts';

export interface DecodedDocument {
  result: Result<AggregateReport, Problem>;
  /** Lower-case hex, over the bytes after a UTF-8 BOM. */
  contentSha256: string;
}

export interface DocumentDecoder {
  write(bytes: Buffer): void;
  end(told: readonly Warning[], nowSeconds: number): DecodedDocument;
}

/** Characters by which a document without XML is told apart. */
const START_CHARACTERS = 64 * 1024;
/** Bytes by which its encoding is. */
const SNIFFED_BYTES = 4;

/** Reads one unpacked document as its bytes come. After a problem they are hashed, and nothing more. */
export function createDocumentDecoder(
  readers: PieceReaders,
  limits: Limits,
  plainShape: boolean,
): DocumentDecoder {
  const hash = createContentHash();
  let bom: Bom = { kind: 'none', bytes: 0 };
  let text = createTextStream(bom.kind);
  const builder = createReportBuilder(readers, limits, () => bom.kind.startsWith('utf-16'));
  const splitter = createSplitter(limits, builder, plainShape);
  let problem: Problem | null = null;
  let hasContent = false;
  /** The first bytes, until there are enough of them; null from then on. */
  let start: Buffer | null = Buffer.alloc(0);

  const begin = (bytes: Buffer): void => {
    start = null;
    bom = sniffBom(bytes);
    text = createTextStream(bom.kind);
    if (bom.kind === 'unreadable') problem = refused('encoding', 'It is in UTF-32 or EBCDIC.');
    const content = bytes.subarray(bom.bytes);
    hash.update(bom.kind === 'utf-8' ? content : bytes);
    if (problem === null) walk(text.write(content));
  };

  const walk = (piece: string): void => {
    if (!hasContent && piece.trimStart() !== '') {
      hasContent = true;
      problem = otherThanXml(piece.slice(0, START_CHARACTERS));
    }
    problem ??= splitter.write(piece);
  };

  return {
    write(bytes) {
      if (start === null) {
        hash.update(bytes);
        if (problem === null) walk(text.write(bytes));
        return;
      }
      start = Buffer.concat([start, bytes]);
      if (start.length >= SNIFFED_BYTES) begin(start);
    },
    end(told, nowSeconds) {
      if (start !== null) begin(start);
      if (problem === null) walk(text.end());
      const contentSha256 = hash.digest();
      if (problem === null && !hasContent) problem = notAReport('empty', 'It is empty.');
      if (problem !== null) return { result: bad(problem), contentSha256 };
      const end = splitter.end();
      const result = 'reason' in end ? bad(end) : builder.finish(end, told, nowSeconds);
      return { result, contentSha256 };
    },
  };
}
