import { crc32 } from 'node:zlib';

/** Three bytes a row: a changed row goes unnoticed once in 16 million times. */
const MASK = 0xffffff;

/** Over the values of a row, in a fixed order; bytes count by a CRC-32 of their own. */
export const rowCrc = (values: readonly (string | number | Buffer | null)[]): number =>
  crc32(JSON.stringify(values.map((value) => (Buffer.isBuffer(value) ? crc32(value) : value)))) &
  MASK;

/** What a message's row is checked by. Its other columns change as it is looked at again, or are keys. */
export const messageCrc = (sizeBytes: number, headerBlock: Buffer | null): number =>
  rowCrc([sizeBytes, headerBlock]);

/** What a document's row is checked by: all that its report does not tell too. */
export const documentCrc = (row: {
  part: string;
  name: string;
  reason: string | null;
  detail: string | null;
  contentSha256: Buffer | null;
}): number => rowCrc([row.part, row.name, row.reason, row.detail, row.contentSha256]);

export const sourceCrc = (row: { id: string; name: string; kind: string }): number =>
  rowCrc([row.id, row.name, row.kind]);

export const addressNameCrc = (row: {
  sourceRow: number;
  signMessages: number;
  evidence: string;
}): number => rowCrc([row.sourceRow, row.signMessages, row.evidence]);
