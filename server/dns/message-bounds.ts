const HEADER_BYTES = 12;
const QUESTION_BYTES = 4;
/** Type, class and TTL, before the length of the data. */
const FIXED_BYTES = 8;

/** Do all records that the header counts lie inside of the message? One that was cut off does not. */
export function isWhole(bytes: Buffer): boolean {
  const countAt = (at: number): number => bytes.readUInt16BE(at);
  let at = HEADER_BYTES;
  for (let left = countAt(4); left > 0; left--) at = afterName(bytes, at) + QUESTION_BYTES;
  for (let left = countAt(6) + countAt(8) + countAt(10); left > 0; left--) {
    at = afterName(bytes, at) + FIXED_BYTES;
    if (at + 2 > bytes.length) return false;
    at += 2 + bytes.readUInt16BE(at);
  }
  return at <= bytes.length;
}

function afterName(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2;
    at += length + 1;
  }
  return at;
}
