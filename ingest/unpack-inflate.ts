import {
  constants,
  crc32,
  createInflate,
  createInflateRaw,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';

export interface Inflated {
  /** All of it; null where it is too large to be held, and is to be streamed again. */
  whole: Buffer | null;
  inflatedBytes: number;
  /** Packed bytes up to the end of the stream; others may follow. */
  packedBytes: number;
  crc32: number;
}

export interface InflateCaps {
  /** Up to here the result is held. */
  atOnceBytes: number;
  mostBytes: number;
  /** What the packing says of the size: a hint, which may lie. */
  hintBytes: number;
}

type Format = 'raw' | 'zlib';

const STREAM_CHUNK_BYTES = 256 * 1024;
const LEAST_CHUNK_BYTES = 64;

/**
 * Inflates one stream under the caps and checks that it is whole. What is large is inflated in pieces
 * that are counted and dropped: memory stays flat.
 */
export async function inflate(
  bytes: Buffer,
  caps: InflateCaps,
  format: Format = 'raw',
): Promise<Result<Inflated, Problem>> {
  const atOnce = Math.min(caps.atOnceBytes, caps.mostBytes);
  try {
    return ok(inflateAtOnce(bytes, atOnce, caps.hintBytes, format));
  } catch (error) {
    if (codeOf(error) !== 'ERR_BUFFER_TOO_LARGE') return bad(problemOf(error));
    return caps.mostBytes <= atOnce ? bad(tooLarge()) : measure(bytes, caps.mostBytes, format);
  }
}

/** Inflates one stream of at most `most` bytes. @throws zlib's error where it is longer, damaged or cut off */
export function inflateAtOnce(bytes: Buffer, most: number, hint: number, format: Format): Inflated {
  const options = {
    info: true,
    // zlib refuses a limit of 0.
    maxOutputLength: Math.max(1, most),
    chunkSize: Math.max(LEAST_CHUNK_BYTES, Math.min(hint, most) + 1),
  };
  const run = format === 'raw' ? inflateRawSync : inflateSync;
  // With `info` the call gives more than its type says.
  const { buffer, engine } = run(bytes, options) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  return {
    whole: buffer,
    inflatedBytes: buffer.length,
    packedBytes: engine.bytesWritten,
    crc32: crc32(buffer),
  };
}

async function measure(
  bytes: Buffer,
  most: number,
  format: Format,
): Promise<Result<Inflated, Problem>> {
  const options = { chunkSize: STREAM_CHUNK_BYTES };
  const stream = format === 'raw' ? createInflateRaw(options) : createInflate(options);
  stream.end(bytes);
  let inflatedBytes = 0;
  let checksum = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      inflatedBytes += chunk.length;
      if (inflatedBytes > most) return bad(tooLarge());
      checksum = crc32(chunk, checksum);
    }
  } catch (error) {
    return bad(problemOf(error));
  }
  return ok({ whole: null, inflatedBytes, packedBytes: stream.bytesWritten, crc32: checksum });
}

/** The content of raw deflate streams that follow each other, in chunks. They were measured before. */
export async function* inflatedChunks(streams: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const bytes of streams) {
    const stream = createInflateRaw({ chunkSize: STREAM_CHUNK_BYTES });
    stream.end(bytes);
    yield* stream as AsyncIterable<Buffer>;
  }
}

const PEEKED_BYTES = 512;
/** Deflate packs a thousandfold at most. */
const PEEKED_INFLATED_BYTES = 1100 * PEEKED_BYTES;

/** The first bytes of a deflate stream, inflated; empty where it is none. */
export function peekInflated(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes.subarray(0, PEEKED_BYTES), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: PEEKED_INFLATED_BYTES,
    });
  } catch {
    return Buffer.alloc(0);
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

const tooLarge = (): Problem =>
  refused('inflated-limit', 'It unpacks to more than is read of one attachment.');

/** @throws what is no fault of the bytes. */
function problemOf(error: unknown): Problem {
  switch (codeOf(error)) {
    case 'Z_BUF_ERROR':
      return refused('truncated', 'The compressed data ends too early.');
    case 'Z_DATA_ERROR':
    case 'Z_NEED_DICT':
      return refused('checksum', 'The compressed data is damaged.');
    default:
      throw error;
  }
}
