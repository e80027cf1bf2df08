/**
 * Every cap on what a stranger may send, with its reason. Each has a test named after its attack.
 * Real reports stay far below all of them.
 */
const KIB = 1024;
const MIB = 1024 * KIB;

export interface Limits {
  /** Largest mail or file that is read: mail servers rarely take more. */
  messageBytes: number;
  headerBytes: number;
  mimeParts: number;
  mimeDepth: number;
  /** Attachments that are tried in one mail. */
  attachments: number;
  /** XML of one document, inflated; it is streamed, never held whole. */
  inflatedBytes: number;
  /** Up to here a document is inflated in one synchronous call, which is faster. */
  inflatedAtOnceBytes: number;
  zipEntries: number;
  /** Members of one gzip file that hold anything. */
  gzipMembers: number;
  /** Documents of one mail or file, in all its packings: each may be a report, and one is usual. */
  documents: number;
  /** Packings inside each other: a zip in a zip is 2. */
  packingLayers: number;
  xmlDepth: number;
  startTagBytes: number;
  textBytes: number;
  /** All of a report that is not in a record: metadata and policy. */
  headBytes: number;
  recordBytes: number;
  records: number;
  /** Distinct record bodies of one report: they are held in memory, about 1 KiB each, while it is read. */
  profiles: number;
  dkimResultsPerRecord: number;
  /** Messages that one row may claim. */
  rowCount: number;
  /** Messages that one report may claim, so that the sums of 9,000 such reports stay exact (below 2^53). */
  reportMessages: number;
  refusedRowDetails: number;
  /** Time that one message may take before it is set aside. */
  messageSeconds: number;
}

export const defaultLimits: Limits = {
  messageBytes: 50 * MIB,
  headerBytes: 256 * KIB,
  mimeParts: 100,
  mimeDepth: 16,
  attachments: 10,
  inflatedBytes: 256 * MIB,
  inflatedAtOnceBytes: 4 * MIB,
  zipEntries: 64,
  gzipMembers: 1_000,
  documents: 200,
  packingLayers: 2,
  xmlDepth: 32,
  startTagBytes: 64 * KIB,
  textBytes: 64 * KIB,
  headBytes: 256 * KIB,
  recordBytes: 256 * KIB,
  records: 1_000_000,
  profiles: 100_000,
  dkimResultsPerRecord: 100,
  rowCount: 1_000_000_000,
  reportMessages: 1_000_000_000_000,
  refusedRowDetails: 100,
  messageSeconds: 120,
};
