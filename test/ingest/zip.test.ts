import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { recordXml, reportXml } from './a-report.ts';
import { makeZip, type ZipFile } from './make-zip.ts';
import { outcomes, read } from './reading.ts';

const MIB = 1024 * 1024;
const report = reportXml();
const file = (values: Partial<ZipFile> = {}): ZipFile => ({
  name: 'r.xml',
  content: report,
  ...values,
});

describe('a zip archive', () => {
  test('gives a document for each of its files, named after both', async () => {
    const other = reportXml({ reportId: 'r-2' });
    const documents = await read(makeZip([file(), file({ name: 'a/b.xml', content: other })]));
    expect(documents).toMatchObject([
      { position: 0, name: 'attachment!r.xml', report: { metadata: { reportId: 'r-1' } } },
      { position: 1, name: 'attachment!a/b.xml', report: { metadata: { reportId: 'r-2' } } },
    ]);
  });

  test.each<[string, Buffer, string[]]>([
    ['a stored file', makeZip([file({ method: 0 })]), ['report']],
    ['a file without a name', makeZip([file({ name: '' })]), ['report']],
    [
      'two files of one name',
      makeZip([file(), file({ content: reportXml({ reportId: 'r-2' }) })]),
      ['report', 'report'],
    ],
    [
      'folders, what macOS adds and a readme',
      makeZip([
        file({ name: 'folder/', content: '' }),
        file({ name: '__MACOSX/._r.xml', content: 'x' }),
        file({ name: 'readme.txt', content: 'Please read the report.' }),
        file({ name: 'folder/r.xml' }),
      ]),
      ['not-xml', 'report'],
    ],
    ['a long comment', makeZip([file()], { comment: Buffer.alloc(65_535, 'PK') }), ['report']],
    ['bytes after its end', Buffer.concat([makeZip([file()]), Buffer.alloc(9, 1)]), ['report']],
    ['a gzip file inside', makeZip([file({ content: gzipSync(report) })]), ['report']],
    ['a zip archive inside', makeZip([file({ content: makeZip([file()]) })]), ['report']],
    ['no file', makeZip([]), ['no-report-inside']],
    [
      'no report among its files',
      makeZip([file({ content: 'a' }), file({ content: '<svg/>' })]),
      ['no-report-inside'],
    ],
    [
      'an office document, of which nothing is kept',
      makeZip(Array.from({ length: 90 }, () => file({ name: '[Content_Types].xml' }))),
      ['no-report-inside'],
    ],
  ])('with %s is read', async (_, bytes, expected) => {
    expect(await outcomes(bytes)).toEqual(expected);
  });

  test.each([
    '../../etc/passwd',
    '/etc/passwd',
    'C:\\x.xml',
    'a\u0000b.xml',
    '__proto__',
    'constructor',
    'a/'.repeat(30_000) + 'x.xml',
  ])('takes the name %j for words and no path', async (name) => {
    const [document] = await read(makeZip([file({ name })]));
    expect(document?.outcome).toBe('report');
    expect(document?.name).toBe(`attachment!${name.replace('\u0000', '')}`.slice(0, 255));
  });
});

describe('a hostile zip archive', () => {
  const bomb = Buffer.alloc(20 * MIB);

  test.each<[attack: string, bytes: Buffer, expected: string[]]>([
    [
      'more files than are read',
      makeZip(Array.from({ length: 65 }, () => file())),
      ['too-many-entries'],
    ],
    ['a false number of files', makeZip([file()], { entries: 60_000 }), ['too-many-entries']],
    ['65,535 files said, one there', makeZip([file()], { entries: 65_535 }), ['too-many-entries']],
    [
      'files that share one body',
      makeZip([file(), file({ name: 'b.xml', offset: 0 }), file({ name: 'c.xml', offset: 0 })]),
      ['overlap'],
    ],
    ['a bomb that says how large it is', makeZip([file({ content: bomb })]), ['inflated-limit']],
    [
      'a bomb that says it is small',
      makeZip([file({ content: bomb, size: 1000 })]),
      ['size-mismatch'],
    ],
    [
      'a bomb that says it is empty',
      makeZip([file({ content: bomb, size: 0 })]),
      ['size-mismatch'],
    ],
    [
      'a size of 4 GiB, said falsely',
      makeZip([file({ content: 'hello world', size: 4_294_967_280 })]),
      ['size-mismatch'],
    ],
    ['a stored file of a false size', makeZip([file({ method: 0, size: 7 })]), ['size-mismatch']],
    ['a false checksum', makeZip([file({ crc: 1 })]), ['checksum']],
    ['a false checksum of a stored file', makeZip([file({ method: 0, crc: 1 })]), ['checksum']],
    ['an encrypted file', makeZip([file({ flags: 1 })]), ['encrypted']],
    ['a file packed by bzip2', makeZip([file({ method: 12 })]), ['unsupported-method']],
    ['a file packed by method 99', makeZip([file({ method: 99 })]), ['unsupported-method']],
    ['two names for one file', makeZip([file({ localName: 'x.xml' })]), ['inconsistent']],
    ['two methods for one file', makeZip([file({ localMethod: 0 })]), ['inconsistent']],
    ['damaged data', makeZip([file({ packed: Buffer.alloc(100, 0xff), size: 100 })]), ['checksum']],
    [
      'a program before it',
      Buffer.concat([Buffer.from('MZ program'), makeZip([file()])]),
      ['zip-structure'],
    ],
    ['a directory elsewhere', makeZip([file({ offset: 5 })]), ['zip-structure']],
    [
      'three archives inside each other',
      makeZip([file({ content: makeZip([file({ content: makeZip([file()]) })]) })]),
      ['nesting'],
    ],
  ])('with %s is refused', async (_, bytes, expected) => {
    const limits = { inflatedBytes: 8 * MIB, inflatedAtOnceBytes: MIB };
    const documents = await read(bytes, limits);
    expect(documents.map((one) => one.outcome === 'refused' && one.problem.reason)).toEqual(
      expected,
    );
  });

  test('is refused as truncated wherever it is cut', async () => {
    const whole = makeZip([file()]);
    for (let length = 4; length < whole.length; length += 7) {
      expect(await outcomes(whole.subarray(0, length))).toEqual(['truncated']);
    }
  });

  test('costs its own files only: a good one beside a bomb is stored', async () => {
    const bytes = makeZip([file({ name: 'bomb.xml', content: bomb }), file()]);
    expect(await outcomes(bytes, { inflatedBytes: 8 * MIB })).toEqual(['inflated-limit', 'report']);
  });

  test('of many files inflates no more in all than one attachment may', async () => {
    const large = reportXml({ records: recordXml().repeat(10_000) });
    const bytes = makeZip(
      Array.from({ length: 9 }, (_, i) => file({ name: `${i}`, content: large })),
    );
    const found = await outcomes(bytes, { inflatedBytes: 8 * MIB });
    expect(found.filter((one) => one === 'report')).toHaveLength(2);
    expect(found.filter((one) => one === 'inflated-limit')).toHaveLength(7);
  });
});
