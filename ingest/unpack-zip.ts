import { crc32 } from 'node:zlib';
import type { Limits } from './limits.ts';
import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';
import type { Content } from './unpack-content.ts';
import { inflate } from './unpack-inflate.ts';
import type { UnreadableEntry, ZipEntry } from './zip.ts';

/** The unpacking of one attachment. */
export interface Work {
  limits: Limits;
  /** Of all that it may unpack to, what is left. */
  roomBytes: number;
}

/** Such files are zip archives of many XML files, and common in ordinary mail: nothing is kept of them. */
const OFFICE_NAMES = ['[Content_Types].xml', 'mimetype', '_rels/', 'META-INF/'];
export const isOfficeFile = (bytes: Buffer): boolean => {
  const name = bytes.subarray(30, 60).toString('latin1');
  return OFFICE_NAMES.some((known) => name.startsWith(known));
};

const unlike = (): { ok: false; problem: Problem } =>
  bad(refused('size-mismatch', 'The content is not as long as it says.'));
const damaged = (): { ok: false; problem: Problem } =>
  bad(refused('checksum', 'The content differs from its checksum.'));

/** The content of a file in a zip archive, which must be as long as the archive says, and whole. */
export async function unpackEntry(
  entry: ZipEntry | UnreadableEntry,
  work: Work,
): Promise<Result<Content, Problem>> {
  if ('problem' in entry) return bad(entry.problem);
  return entry.method === 'stored' ? storedContent(entry, work) : inflatedContent(entry, work);
}

function storedContent({ packed, size, crc32: expected }: ZipEntry, work: Work) {
  if (packed.length !== size) return unlike();
  if (size > work.roomBytes) return bad(refused('inflated-limit', 'It is larger than is read.'));
  work.roomBytes -= size;
  return crc32(packed) === expected ? ok({ form: 'bare' as const, bytes: packed }) : damaged();
}

async function inflatedContent(
  { packed, size, crc32: expected }: ZipEntry,
  work: Work,
): Promise<Result<Content, Problem>> {
  const inflated = await inflate(packed, {
    atOnceBytes: work.limits.inflatedAtOnceBytes,
    mostBytes: Math.min(size, work.roomBytes),
    hintBytes: size,
  });
  if (!inflated.ok) {
    const isLonger = inflated.problem.reason === 'inflated-limit' && size <= work.roomBytes;
    return isLonger ? unlike() : inflated;
  }
  const { inflatedBytes, whole } = inflated.value;
  work.roomBytes -= inflatedBytes;
  if (inflatedBytes !== size) return unlike();
  if (inflated.value.crc32 !== expected) return damaged();
  return ok({ form: 'deflated', streams: [packed], inflatedBytes, whole });
}
