import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { KeptBytes } from '../../ingest/document.ts';
import { inflateKept, inflateKeptChunks } from '../../ingest/read-document.ts';
import { recordXml, reportXml } from './a-report.ts';
import { makeZip } from './make-zip.ts';
import { outcomes, readOne } from './reading.ts';

const text = reportXml({ records: recordXml().repeat(3000) });
const bytes = Buffer.from(text);

async function joined(kept: KeptBytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of inflateKeptChunks(kept)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the kept bytes of a document', () => {
  test.each<[string, Buffer]>([
    ['bare', bytes],
    ['in gzip', gzipSync(bytes)],
    ['in zlib', deflateSync(bytes)],
    ['in a zip archive', makeZip([{ name: 'r.xml', content: bytes }])],
    ['stored in a zip archive', makeZip([{ name: 'r.xml', content: bytes, method: 0 }])],
    ['in gzip in gzip', gzipSync(gzipSync(bytes))],
    [
      'in gzip of two members',
      Buffer.concat([gzipSync(text.slice(0, 99)), gzipSync(text.slice(99))]),
    ],
  ])('that came %s are its own, and read the same again', async (_, packed) => {
    for (const limits of [{}, { inflatedAtOnceBytes: 1000 }]) {
      const document = await readOne(packed, limits);
      if (document.outcome !== 'report') throw new Error(document.problem.reason);
      const { kept, contentSha256 } = document;
      expect(kept.inflatedBytes).toBe(bytes.length);
      expect(inflateKept(kept).equals(bytes)).toBe(true);
      expect((await joined(kept)).equals(bytes)).toBe(true);
      expect(contentSha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(await readOne(inflateKept(kept))).toMatchObject({ contentSha256, outcome: 'report' });
    }
  });

  test('are the deflate stream that arrived, not packed again', async () => {
    const packed = gzipSync(bytes);
    const { kept } = await readOne(packed);
    expect(kept?.bytes.equals(packed.subarray(10, -8))).toBe(true);
  });

  test.each<[string, Buffer]>([
    ['cut off', gzipSync(bytes).subarray(0, 200)],
    ['encrypted', makeZip([{ name: 'r.xml', content: bytes, flags: 1 }])],
    ['cut off inside', gzipSync(text.slice(0, 5000))],
  ])('of what is refused (%s) are read to the same end again', async (_, packed) => {
    const document = await readOne(packed);
    if (document.kept === null) throw new Error('nothing kept');
    expect(document.outcome).toBe('refused');
    expect(await outcomes(inflateKept(document.kept))).toEqual(
      document.outcome === 'report' ? [] : [document.problem.reason],
    );
  });

  test('are kept of nothing that proved to be no report', async () => {
    for (const other of ['', 'Dear postmaster', '<svg/>', '{"policies":[]}']) {
      expect(await readOne(other)).toMatchObject({
        outcome: 'not-a-report',
        kept: null,
        contentSha256: null,
      });
    }
  });
});
