import { createDeflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { KeptBytes } from './document.ts';
import { inflatedChunks } from './unpack-inflate.ts';

/** The bytes of one document, unpacked or to be unpacked again. */
export type Content =
  | { form: 'bare'; bytes: Buffer }
  | {
      form: 'deflated';
      /** Raw deflate streams that follow each other. */
      streams: readonly Buffer[];
      inflatedBytes: number;
      /** null: too large to be held. */
      whole: Buffer | null;
    };

const SLICE_BYTES = 256 * 1024;
/** Level 1: a third larger than the best, at a fifth of the time. */
const KEPT_LEVEL = { level: 1 };

/** All of it in one buffer, where that is held anyway. */
export const wholeOf = (content: Content): Buffer | null =>
  content.form === 'bare' ? content.bytes : content.whole;

/** The unpacked bytes in bounded pieces. */
export function chunksOf(content: Content): Iterable<Buffer> | AsyncIterable<Buffer> {
  const whole = wholeOf(content);
  if (whole !== null) return slices(whole);
  return content.form === 'bare' ? [] : inflatedChunks(content.streams);
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    yield bytes.subarray(at, at + SLICE_BYTES);
  }
}

/** As they are kept: what arrived as one deflate stream is left as it is. */
export async function keptOf(content: Content): Promise<KeptBytes> {
  if (content.form === 'bare') return deflated(content.bytes);
  const [only, ...more] = content.streams;
  const { inflatedBytes } = content;
  if (only !== undefined && more.length === 0) {
    return { encoding: 'deflate-raw', bytes: only, inflatedBytes };
  }
  const stream = createDeflateRaw(KEPT_LEVEL);
  const packed: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => packed.push(chunk));
  for await (const chunk of chunksOf(content)) await written(stream, chunk);
  await new Promise((resolve) => stream.once('end', resolve).end());
  return { encoding: 'deflate-raw', bytes: Buffer.concat(packed), inflatedBytes };
}

const written = (stream: ReturnType<typeof createDeflateRaw>, chunk: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.write(chunk, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });

/** Bytes that are no deflate stream, or one that cannot be read, as they are kept. */
export function deflated(bytes: Buffer): KeptBytes {
  return {
    encoding: 'deflate-raw',
    bytes: deflateRawSync(bytes, KEPT_LEVEL),
    inflatedBytes: bytes.length,
  };
}

/** Kept bytes as they were before they were packed. For large ones there is the stream below. */
export function inflateKept({ encoding, bytes, inflatedBytes }: KeptBytes): Buffer {
  if (encoding === 'identity') return bytes;
  // More than is said would be damage, and is an error.
  return inflateRawSync(bytes, { maxOutputLength: Math.max(1, inflatedBytes) });
}

/** The same in chunks, in flat memory. */
export function inflateKeptChunks({ encoding, bytes }: KeptBytes): AsyncIterable<Buffer> {
  return encoding === 'identity' ? chunked(bytes) : inflatedChunks([bytes]);
}

async function* chunked(bytes: Buffer): AsyncGenerator<Buffer> {
  yield* slices(bytes);
}
