import { constants, crc32, deflateRawSync } from 'node:zlib';

/** A deflate stream of a text too large to be made at once, with what its packing has to say of it. */
interface Packed {
  stream: Buffer;
  bytes: number;
  crc: number;
}

const FLUSHED = { finishFlush: constants.Z_SYNC_FLUSH };

/** `head`, `unit` so many times, and `tail`, packed: each unit is packed once. */
export function packRepeated(
  head: string,
  unit: Buffer | string,
  times: number,
  tail = '',
): Packed {
  const [headBytes, unitBytes, tailBytes] = [head, unit, tail].map((text) =>
    Buffer.from(text as string, 'latin1'),
  ) as [Buffer, Buffer, Buffer];
  const packedUnit = deflateRawSync(unitBytes, FLUSHED);
  let crc = crc32(headBytes);
  for (let time = 0; time < times; time += 1) crc = crc32(unitBytes, crc);
  return {
    stream: Buffer.concat([
      deflateRawSync(headBytes, FLUSHED),
      ...Array<Buffer>(times).fill(packedUnit),
      deflateRawSync(tailBytes),
    ]),
    bytes: headBytes.length + times * unitBytes.length + tailBytes.length,
    crc: crc32(tailBytes, crc),
  };
}

const MIB = 1024 * 1024;

/** Zeros, a thousand times smaller than they say. */
export const bomb = (mebibytes: number): Packed => packRepeated('', Buffer.alloc(MIB), mebibytes);

const GZIP_HEADER = Buffer.from('1f8b0800000000000003', 'hex');

/** As a gzip file (RFC 1952). */
export function gzipOf({ stream, bytes, crc }: Packed): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(bytes % 2 ** 32, 4);
  return Buffer.concat([GZIP_HEADER, stream, trailer]);
}
