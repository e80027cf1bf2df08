import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { recordXml, reportXml } from './a-report.ts';
import { outcomes, read, readOne } from './reading.ts';

const MIB = 1024 * 1024;
const report = reportXml();
const packed = gzipSync(report);

/** A gzip file with every optional part of the header (RFC 1952, section 2.3). */
function withFullHeader(): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3]);
  const extra = Buffer.from([3, 0, 1, 2, 3]);
  const texts = Buffer.from('r.xml\u0000a comment\u0000', 'latin1');
  return Buffer.concat([header, extra, texts, Buffer.alloc(2), packed.subarray(10)]);
}

const patched = (at: number, byte: number): Buffer => {
  const copy = Buffer.from(packed);
  copy[at < 0 ? copy.length + at : at] = byte;
  return copy;
};

describe('a gzip file', () => {
  test.each<[string, Buffer, string[], string[]]>([
    ['one report', packed, ['report'], []],
    ['a header with all parts', withFullHeader(), ['report'], []],
    [
      'a line break after it',
      Buffer.concat([packed, Buffer.from('\r\n')]),
      ['report'],
      ['trailing-bytes'],
    ],
    ['zeros after it', Buffer.concat([packed, Buffer.alloc(600)]), ['report'], []],
    ['a gzip file inside', gzipSync(packed), ['report'], []],
    [
      'line breaks after a gzip file with one inside',
      Buffer.concat([gzipSync(packed), Buffer.from('\n')]),
      ['report'],
      ['trailing-bytes'],
    ],
    [
      'empty members before and after it',
      Buffer.concat([gzipSync(''), packed, gzipSync('')]),
      ['report'],
      [],
    ],
    ['a zlib header in place of gzip’s', deflateSync(report), ['report'], []],
  ])('with %s is read', async (_, bytes, expected, warnings) => {
    const documents = await read(bytes);
    expect(documents.map(({ outcome }) => outcome)).toEqual(expected);
    expect(documents[0]).toMatchObject({ report: { warnings } });
  });

  test('of two reports is two documents, the second with a number', async () => {
    const bytes = Buffer.concat([packed, gzipSync(reportXml({ reportId: 'r-2' }))]);
    expect(await read(bytes)).toMatchObject([
      { position: 0, name: 'attachment', report: { metadata: { reportId: 'r-1' } } },
      { position: 1, name: 'attachment!2', report: { metadata: { reportId: 'r-2' } } },
    ]);
  });

  test('of members that go on with each other is one document, kept as one', async () => {
    const text = reportXml({ records: recordXml().repeat(40) });
    const parts = [0, 700, 9000].map((from, i, all) => gzipSync(text.slice(from, all[i + 1])));
    for (const limits of [{}, { inflatedAtOnceBytes: 500 }]) {
      const document = await readOne(Buffer.concat(parts), limits);
      expect(document).toMatchObject({ outcome: 'report', report: { recordCount: 40 } });
      expect(document.kept?.inflatedBytes).toBe(text.length);
    }
  });

  test('of a report and a broken one costs the broken one', async () => {
    const second = gzipSync(reportXml({ reportId: 'r-2' }));
    const cut = Buffer.concat([packed, second.subarray(0, second.length - 20)]);
    expect(await outcomes(cut)).toEqual(['report', 'truncated']);
  });

  test('reads the same when it is streamed', async () => {
    const text = reportXml({ records: recordXml().repeat(5000) });
    const streamed = await readOne(gzipSync(text), { inflatedAtOnceBytes: 1000 });
    expect(streamed).toEqual(await readOne(gzipSync(text)));
    expect(streamed).toMatchObject({ outcome: 'report', report: { recordCount: 5000 } });
  });

  test.each<[string, Buffer | string, string]>([
    ['a picture inside', gzipSync(Buffer.from('89504e470d0a1a0a', 'hex')), 'not-xml'],
    ['nothing inside', gzipSync(''), 'empty'],
    ['500,000 empty members', Buffer.concat(Array<Buffer>(500_000).fill(gzipSync(''))), 'empty'],
    ['the word "unused" instead', 'unused', 'not-xml'],
    ['text that looks like a zlib header', 'x^ marks the place', 'not-xml'],
  ])('with %s is no report', async (_, bytes, reason) => {
    expect(await readOne(bytes)).toMatchObject({ outcome: 'not-a-report', problem: { reason } });
  });
});

describe('a hostile gzip file', () => {
  const limits = { inflatedBytes: 8 * MIB, inflatedAtOnceBytes: MIB };
  const bomb = gzipSync(Buffer.alloc(64 * MIB));
  const padded = (bytes: number): Buffer =>
    gzipSync(reportXml({ records: ' '.repeat(bytes - reportXml({ records: '' }).length) }));

  test.each<[attack: string, bytes: Buffer, reason: string]>([
    ['a bomb', bomb, 'inflated-limit'],
    ['a bomb in a gzip file', gzipSync(bomb), 'inflated-limit'],
    ['a quine, or three layers', gzipSync(gzipSync(packed)), 'nesting'],
    ['a false checksum', patched(-8, 0xff ^ (packed.at(-8) ?? 0)), 'checksum'],
    ['a false size', patched(-1, 1), 'size-mismatch'],
    ['damaged data', patched(12, 0xff), 'checksum'],
    ['another method than deflate', patched(2, 7), 'unsupported-method'],
    ['a tar archive inside', gzipSync(tarOf()), 'unsupported-container'],
    ['deflate without a header', deflateRawSync(report), 'unsupported-container'],
    [
      'too many members',
      Buffer.concat(Array<Buffer>(1001).fill(gzipSync(' '))),
      'too-many-entries',
    ],
  ])('with %s is refused', async (_, bytes, reason) => {
    expect(await readOne(bytes, limits)).toMatchObject({ outcome: 'refused', problem: { reason } });
  });

  test.each([
    ['xz', 'fd377a585a000004'],
    ['7z', '377abcaf271c0004'],
    ['rar', '526172211a070100'],
    ['bzip2', '425a683931415926'],
    ['zstd', '28b52ffd24000100'],
    ['winmail.dat', '789f3e2201000000'],
  ])('and a file packed as %s is refused', async (_, hex) => {
    expect(await outcomes(Buffer.from(hex, 'hex'))).toEqual(['unsupported-container']);
  });

  test('is refused as truncated wherever it is cut', async () => {
    for (let length = 2; length < packed.length; length += 1) {
      expect(await outcomes(packed.subarray(0, length))).toEqual(['truncated']);
    }
  });

  test('is read up to the very cap on what it inflates to', async () => {
    const cap = 60_000;
    expect(await outcomes(padded(cap), { inflatedBytes: cap })).toEqual(['report']);
    expect(await outcomes(padded(cap + 1), { inflatedBytes: cap })).toEqual(['inflated-limit']);
    const streamed = { inflatedBytes: cap, inflatedAtOnceBytes: 100 };
    expect(await outcomes(padded(cap), streamed)).toEqual(['report']);
    expect(await outcomes(padded(cap + 1), streamed)).toEqual(['inflated-limit']);
  });

  test('of many members inflates no more in all than one attachment may', async () => {
    const members = [0, 1, 2].map((id) => gzipSync(reportXml({ reportId: `r-${id}` })));
    const cap = 2 * reportXml({ reportId: 'r-0' }).length;
    expect(await outcomes(Buffer.concat(members), { inflatedBytes: cap })).toEqual([
      'report',
      'report',
      'inflated-limit',
    ]);
  });

  test('is kept as it came, so that it can be tried again', async () => {
    const document = await readOne(bomb, limits);
    expect(document.kept?.inflatedBytes).toBe(bomb.length);
    expect(document.contentSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  function tarOf(): Buffer {
    const header = Buffer.alloc(512);
    header.write('r.xml', 0);
    header.write('ustar', 257);
    return Buffer.concat([header, Buffer.from(report)]);
  }
});
