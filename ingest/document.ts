import type { Problem } from './problem.ts';
import type { AggregateReport } from './report.ts';

/** The bytes of a document, packed as they arrived or deflated by us, for reading them again later. */
export interface KeptBytes {
  encoding: 'deflate-raw' | 'identity';
  bytes: Buffer;
  /** Length of the document once inflated. */
  inflatedBytes: number;
}

/** Where in its message a document lies, for people: '2' or '2!reports/a.xml'. */
export interface DocumentPlace {
  /** 0-based order among the documents of one message. */
  position: number;
  /** MIME part number, '' for a bare file. */
  part: string;
  /** File name or archive member as sent; shown escaped, never used as a path. */
  name: string;
}

/** A document as read: what the ledger, the report tables and the kept bytes are filled from. */
export type ReadDocument = DocumentPlace &
  (
    | {
        outcome: 'report';
        report: AggregateReport;
        /** SHA-256, lower-case hex, of the unpacked bytes after a BOM. */
        contentSha256: string;
        kept: KeptBytes;
      }
    | { outcome: 'refused'; problem: Problem; contentSha256: string | null; kept: KeptBytes | null }
    | { outcome: 'not-a-report'; problem: Problem; contentSha256: null; kept: null }
  );
