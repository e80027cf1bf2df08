import { type GzipMember, gzipMembers } from './gzip.ts';
import type { Limits } from './limits.ts';
import { notAReport, type Problem, refused } from './problem.ts';
import type { Warning } from './report.ts';
import { bad, ok, type Result } from './result.ts';
import { type Content, wholeOf } from './unpack-content.ts';
import { inflate, peekInflated } from './unpack-inflate.ts';
import { packingOf } from './unpack-kind.ts';
import { isOfficeFile, unpackEntry, type Work } from './unpack-zip.ts';
import { readZip } from './zip.ts';
import { endsLikeZip } from './zip-end.ts';

/** A document taken out of its packing, checked to be whole; or why it cannot be. */
export interface Unpacked {
  /** Name of the file; in an archive, `outer.zip!inner.xml`. */
  name: string;
  content: Result<Content, Problem>;
  warnings: Warning[];
}

/**
 * The documents in the bytes of an attachment, one by one: what is not packed is one document, an
 * archive as many as it holds files. The first bytes decide, never a name. Only as much as
 * `limits.inflatedBytes` is inflated in all.
 */
export async function* unpack(
  bytes: Buffer,
  name: string,
  limits: Limits,
): AsyncGenerator<Unpacked> {
  yield* unpackLayer(bytes, name, 1, { limits, roomBytes: limits.inflatedBytes });
}

async function* unpackLayer(
  bytes: Buffer,
  name: string,
  layer: number,
  work: Work,
): AsyncGenerator<Unpacked> {
  const packing = packingOf(bytes);
  if (packing !== 'none' && layer > work.limits.packingLayers) {
    yield cannot(name, refused('nesting', 'It is packed in packings too deep.'));
    return;
  }
  switch (packing) {
    case 'gzip':
      yield* unpackGzip(bytes, name, layer, work);
      return;
    case 'zip':
      yield* unpackZip(bytes, name, layer, work);
      return;
    case 'zlib':
      yield* unpackZlib(bytes, name, layer, work);
      return;
    case 'none':
      yield { name, content: bareContent(bytes), warnings: [] };
  }
}

const cannot = (name: string, problem: Problem): Unpacked => ({
  name,
  content: bad(problem),
  warnings: [],
});

const RAW_DEFLATE_CONTENT = /^\s*<(?:\?xml|(?:[\w.-]+:)?feedback)/;

function bareContent(bytes: Buffer): Result<Content, Problem> {
  const isMarkup = /^\s*</.test(bytes.subarray(0, 1024).toString('latin1'));
  if (isMarkup) return ok({ form: 'bare', bytes });
  if (endsLikeZip(bytes)) {
    return bad(refused('zip-structure', 'There is something before the zip archive.'));
  }
  return RAW_DEFLATE_CONTENT.test(peekInflated(bytes).toString('latin1'))
    ? bad(refused('unsupported-container', 'It is deflated, without any header.'))
    : ok({ form: 'bare', bytes });
}

/** A content that is itself packed is unpacked in turn; any other is a document. */
async function* unpackInner(
  content: Content,
  name: string,
  warnings: Warning[],
  layer: number,
  work: Work,
): AsyncGenerator<Unpacked> {
  const start = wholeOf(content) ?? peekInflated(firstStream(content));
  if (packingOf(start) === 'none') {
    yield { name, content: ok(content), warnings };
    return;
  }
  const inner = await innerBytes(content, work.limits);
  if (!inner.ok) {
    yield cannot(name, inner.problem);
    return;
  }
  for await (const found of unpackLayer(inner.value, name, layer + 1, work)) {
    yield { ...found, warnings: [...warnings, ...found.warnings] };
  }
}

const firstStream = (content: Content): Buffer =>
  (content.form === 'deflated' ? content.streams[0] : content.bytes) ?? Buffer.alloc(0);

/** A packing inside another is held whole: no mail could bring a larger one by itself. */
async function innerBytes(content: Content, limits: Limits): Promise<Result<Buffer, Problem>> {
  const whole = wholeOf(content);
  if (whole !== null) return ok(whole);
  const inflated = await inflate(firstStream(content), {
    atOnceBytes: limits.messageBytes,
    mostBytes: limits.messageBytes,
    hintBytes: content.form === 'deflated' ? content.inflatedBytes : 0,
  });
  if (!inflated.ok) return inflated;
  return ok(inflated.value.whole ?? Buffer.alloc(0));
}

async function* unpackGzip(
  bytes: Buffer,
  name: string,
  layer: number,
  work: Work,
): AsyncGenerator<Unpacked> {
  let group: GzipMember[] = [];
  let groups = 0;
  // Of several documents in one file, each is told apart by its number.
  const nameOf = (number: number): string => (number === 1 ? name : `${name}!${number}`);
  for await (const member of gzipMembers(bytes, work.limits, () => work.roomBytes)) {
    if (group.length > 0 && member.beginsDocument) {
      groups += 1;
      yield* unpackInner(joined(group, work.limits), nameOf(groups), [], layer, work);
      group = [];
    }
    if ('problem' in member) {
      yield cannot(nameOf(groups + 1), member.problem);
      return;
    }
    work.roomBytes -= member.inflatedBytes;
    group.push(member);
  }
  const warnings: Warning[] = group.at(-1)?.hasTrailingBytes === true ? ['trailing-bytes'] : [];
  yield* unpackInner(joined(group, work.limits), nameOf(groups + 1), warnings, layer, work);
}

function joined(members: readonly GzipMember[], limits: Limits): Content {
  const inflatedBytes = members.reduce((sum, member) => sum + member.inflatedBytes, 0);
  const parts = members.flatMap(({ whole }) => whole ?? []);
  const isHeld = parts.length === members.length && inflatedBytes <= limits.inflatedAtOnceBytes;
  const whole = isHeld ? (parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts)) : null;
  return { form: 'deflated', streams: members.map(({ stream }) => stream), inflatedBytes, whole };
}

async function* unpackZlib(
  bytes: Buffer,
  name: string,
  layer: number,
  work: Work,
): AsyncGenerator<Unpacked> {
  const { limits, roomBytes } = work;
  const caps = { atOnceBytes: limits.inflatedAtOnceBytes, mostBytes: roomBytes, hintBytes: 0 };
  const inflated = await inflate(bytes, caps, 'zlib');
  if (!inflated.ok) {
    yield cannot(name, inflated.problem);
    return;
  }
  const { inflatedBytes, whole, packedBytes } = inflated.value;
  work.roomBytes -= inflatedBytes;
  // Between a header of 2 bytes and a checksum of 4.
  const streams = [bytes.subarray(2, packedBytes - 4)];
  yield* unpackInner({ form: 'deflated', streams, inflatedBytes, whole }, name, [], layer, work);
}

async function* unpackZip(
  bytes: Buffer,
  name: string,
  layer: number,
  work: Work,
): AsyncGenerator<Unpacked> {
  if (isOfficeFile(bytes)) {
    yield cannot(name, notAReport('no-report-inside', 'It is a document of an office program.'));
    return;
  }
  const entries = readZip(bytes, work.limits);
  if (!entries.ok) {
    yield cannot(name, entries.problem);
    return;
  }
  for (const entry of entries.value) {
    const inner = `${name}!${entry.name}`;
    const content = await unpackEntry(entry, work);
    if (content.ok) yield* unpackInner(content.value, inner, [], layer, work);
    else yield cannot(inner, content.problem);
  }
}
