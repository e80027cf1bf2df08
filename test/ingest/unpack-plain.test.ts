import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { unpackPlain } from '../../ingest/unpack-plain.ts';
import { reportXml } from './a-report.ts';
import { makeZip } from './make-zip.ts';
import { read } from './reading.ts';

const report = reportXml();
const zip = makeZip([{ name: 'r.xml', content: report }]);
const gzip = gzipSync(report);
const DEFLATED_FROM: Record<string, number> = { zip: 30 + 'r.xml'.length, gzip: 10 };

describe('the short way through a packing', () => {
  test.each([
    ['one gzip member', gzip, null],
    ['one deflated file in a zip archive', zip, 'r.xml'],
  ])('gives the document of %s', (_, bytes, name) => {
    const found = unpackPlain(bytes, defaultLimits);
    expect(found).toMatchObject({ name, whole: Buffer.from(report) });
  });

  test.each<[string, Buffer]>([
    ['bytes that are not packed', Buffer.from(report)],
    ['two members', Buffer.concat([gzip, gzip])],
    ['bytes after the member', Buffer.concat([gzip, Buffer.from('\n')])],
    ['a gzip file in a gzip file', gzipSync(gzip)],
    ['nothing in a gzip file', gzipSync('')],
    ['a gzip file in a zip archive', makeZip([{ name: 'r.xml.gz', content: gzip }])],
    ['a stored file', makeZip([{ name: 'r.xml', content: report, method: 0 }])],
    ['an encrypted file', makeZip([{ name: 'r.xml', content: report, flags: 1 }])],
    ['a file without a name', makeZip([{ name: '', content: report }])],
    ['a folder', makeZip([{ name: 'r/', content: report }])],
    ['what macOS adds', makeZip([{ name: '__MACOSX/r.xml', content: report }])],
    ['a sign in a name', makeZip([{ name: 'rPK\u0006\u0007.xml', content: report }])],
    ['two files', makeZip([1, 2].map((n) => ({ name: `${n}.xml`, content: report })))],
    ['a comment', makeZip([{ name: 'r.xml', content: report }], { comment: Buffer.from('hi') })],
    ['bytes before it', Buffer.concat([Buffer.from('PK\u0003\u0004'), zip])],
    ['an office document', makeZip([{ name: '[Content_Types].xml', content: report }])],
  ])('is not taken by %s', (_, bytes) => {
    expect(unpackPlain(bytes, defaultLimits)).toBeNull();
  });

  test('is not taken by what is larger than is held at once', () => {
    const limits = { ...defaultLimits, inflatedAtOnceBytes: report.length - 1 };
    expect(unpackPlain(gzip, limits)).toBeNull();
    expect(unpackPlain(zip, limits)).toBeNull();
  });

  test.each([
    ['zip', zip],
    ['gzip', gzip],
  ])(
    'gives what the long way gives, whichever byte around the data of a %s is another',
    async (kind, bytes) => {
      const dataEnd = kind === 'zip' ? zip.indexOf('PK\u0001\u0002') : gzip.length - 8;
      for (let at = 0; at < bytes.length; at += 1) {
        if (at > (DEFLATED_FROM[kind] ?? 0) + 4 && at < dataEnd - 4) continue;
        for (const flip of [0x01, 0x80]) {
          const other = Buffer.from(bytes);
          other[at] = (other[at] ?? 0) ^ flip;
          const short = await read(other);
          expect(short, `byte ${at}`).toEqual(await read(other, {}, { plainShape: false }));
        }
      }
    },
  );

  test.each([
    ['zip', zip],
    ['gzip', gzip],
  ])('gives what the long way gives wherever a %s is cut off', async (_, bytes) => {
    for (let end = 0; end < bytes.length; end += 1) {
      const cut = bytes.subarray(0, end);
      expect(await read(cut), `after ${end} bytes`).toEqual(
        await read(cut, {}, { plainShape: false }),
      );
    }
  });
});
