import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bad, ok, type Result } from '../../ingest/result.ts';

export type SpoolProblem = 'too-large' | 'broken-off' | 'disk-full';

const UNFINISHED = '.part';
const FINISHED = '.upload';
/** Characters of the sender's name that are kept: escaped, each has up to 12, and a file name 255. */
const NAME_CHARACTERS = 16;

/** Makes the spool folder, and clears it of uploads that the end of the process cut off. */
export async function openSpool(spoolDir: string): Promise<void> {
  await mkdir(spoolDir, { recursive: true, mode: 0o700 });
  for (const name of await readdir(spoolDir)) {
    if (name.endsWith(UNFINISHED)) await rm(path.join(spoolDir, name), { force: true });
  }
}

/** Uploads that were accepted and not yet imported when the program ended, with their senders' names. */
export async function leftUploads(spoolDir: string): Promise<{ path: string; name: string }[]> {
  const names = await readdir(spoolDir);
  return names.flatMap((name) => {
    const escaped = /^[0-9a-f-]{36} (.*)\.upload$/.exec(name)?.[1];
    if (escaped === undefined) return [];
    return [{ path: path.join(spoolDir, name), name: decodeURIComponent(escaped) }];
  });
}

/**
 * Writes an upload to a new file of mode 0600 under a random name, which ends with the last characters
 * of its own, and returns its path. Of an upload that is too large or breaks off, nothing stays.
 */
export async function spool(
  upload: Readable,
  spoolDir: string,
  sentName: string,
  maximumBytes: number,
): Promise<Result<string, SpoolProblem>> {
  const shortName = Array.from(sentName).slice(-NAME_CHARACTERS).join('');
  const name = path.join(spoolDir, `${randomUUID()} ${encodeURIComponent(shortName)}`);
  const unfinished = name + UNFINISHED;
  try {
    const file = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true });
    // The upload itself is not destroyed, so that its sender can still be told what was wrong.
    await pipeline(upload.iterator({ destroyOnReturn: false }), atMost(maximumBytes), file);
    await rename(unfinished, name + FINISHED);
    return ok(name + FINISHED);
  } catch (error) {
    await rm(unfinished, { force: true });
    return bad(problemOf(error));
  }
}

class TooLarge extends Error {}

function atMost(maximumBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maximumBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

/** Whatever else fails is a fault of ours and goes on as one. */
function problemOf(error: unknown): SpoolProblem {
  if (error instanceof TooLarge) return 'too-large';
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full';
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') {
    return 'broken-off';
  }
  throw error;
}
