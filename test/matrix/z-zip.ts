import { expect } from 'vitest';
import { createRandom, integer } from '../../server/demo/random.ts';
import { makeZip, type ZipEndLies, type ZipFile } from '../ingest/make-zip.ts';
import { caseXml, mailWithZip } from './mails.ts';
import type { MatrixCase, MatrixRow } from './row.ts';
import { bomb } from './packing.ts';
import { expectQuietProgram } from './system-calls.ts';
import { streamedZip, zip64 } from './zip-forms.ts';

const GIB = 2 ** 30;

const file = (values: Partial<ZipFile> = {}): ZipFile => ({
  ...{ name: 'r.xml', content: caseXml() },
  ...values,
});
const zipCase = (
  attack: string,
  files: () => readonly ZipFile[],
  expected: readonly string[],
  end: ZipEndLies = {},
): MatrixCase => ({ attack, expected, mail: () => mailWithZip(makeZip(files(), end)) });
const row = (id: string, about: string, cases: () => readonly MatrixCase[]): MatrixRow => ({
  ...{ id, about, cases },
});
const inOwn = (one: MatrixRow): MatrixRow => ({ ...one, inOwnProcess: true });
const zipOf = (content: Buffer | string): Buffer => makeZip([file({ content })]);
const many = (count: number, values: (index: number) => Partial<ZipFile> = () => ({})): ZipFile[] =>
  Array.from({ length: count }, (_, index) => file({ content: 'x', ...values(index) }));

const bombFile = (says: Partial<ZipFile>): ZipFile => {
  const { stream, bytes, crc } = bomb(GIB / 2 ** 20);
  return file({ content: '', packed: stream, size: bytes, crc, ...says });
};

/** Zip archives. */
export function zipRows(seed: number): MatrixRow[] {
  return [
    inOwn(
      row('Z02', 'a zip bomb of 1 GiB', () => [
        zipCase('that says so', () => [bombFile({})], ['refused inflated-limit']),
      ]),
    ),
    inOwn(
      row('Z03', 'a zip bomb of 1 GiB that lies', () => [
        zipCase('1,000 bytes', () => [bombFile({ size: 1000 })], ['refused size-mismatch']),
        zipCase('nothing', () => [bombFile({ size: 0 })], ['refused size-mismatch']),
      ]),
    ),
    inOwn(
      row('Z04', '11 bytes that say they are 4 GiB', () => [
        zipCase('deflated', () => [file({ content: 'hello world', size: 4 * GIB - 16 })], [
          'refused size-mismatch',
        ]),
        zipCase('stored', () => [file({ content: 'hello world', size: 4 * GIB - 16, method: 0 })], [
          'refused size-mismatch',
        ]),
      ]),
    ),
    inOwn(
      row('Z05', 'more files than are read', () => [
        zipCase('60,000', () => many(60_000), ['refused too-many-entries']),
        zipCase('65,535 said', () => [file()], ['refused too-many-entries'], { entries: 65_535 }),
        zipCase('5,001, of which it says one', () => [file(), ...many(5000)], ['stored'], {
          entries: 1,
        }),
        zipCase('one above the cap', () => many(65), ['refused too-many-entries']),
      ]),
    ),
    inOwn(
      row('Z06', 'files that share one body', () => [
        zipCase('60', () => many(60, () => ({ offset: 0 })), ['refused overlap']),
        zipCase('5,000', () => many(5000, () => ({ offset: 0 })), ['refused too-many-entries']),
      ]),
    ),
    row('Z08', 'zip archives in each other', () => [
      zipCase('two', () => [file({ content: zipOf(caseXml()) })], ['stored']),
      zipCase('three', () => [file({ content: zipOf(zipOf(caseXml())) })], ['refused nesting']),
    ]),
    row('Z09', 'an encrypted file', () => [
      zipCase('ZipCrypto', () => [file({ flags: 1 })], ['refused encrypted']),
      zipCase('AES', () => [file({ flags: 1, method: 99 })], ['refused encrypted']),
    ]),
    row('Z10', 'small sizes in 64 bits', () => [
      { attack: 'zip64', mail: () => mailWithZip(zip64(caseXml())), expected: ['stored'] },
    ]),
    row('Z11', 'sizes behind the data', () => [
      { attack: 'streamed', mail: () => mailWithZip(streamedZip(caseXml())), expected: ['stored'] },
    ]),
    row('Z12', 'methods that are not read', () =>
      [9, 12, 14, 93, 98, 99].map((method) =>
        zipCase(`method ${method}`, () => [file({ method })], ['refused unsupported-method']),
      ),
    ),
    row('Z19', 'folders, what macOS adds and a readme around the report', () => [
      zipCase(
        'all of them',
        () => [
          file({ name: 'folder/', content: '' }),
          file({ name: '__MACOSX/._r.xml', content: 'x' }),
          file({ name: 'readme.txt', content: 'Please read.' }),
          file({ name: 'folder/r.xml' }),
        ],
        ['not-a-report not-xml', 'stored'],
      ),
    ]),
    { ...row('Z20', 'names that would be paths', () => pathCases()), also: expectQuietProgram },
    row('Z21', 'two files of one name', () => [
      zipCase('two reports', () => [file(), file()], ['stored', 'stored']),
    ]),
    row('Z22', 'a header and a directory that differ', () => [
      zipCase('in the name', () => [file({ localName: 'x.xml' })], ['refused inconsistent']),
      zipCase('in the method', () => [file({ localMethod: 0 })], ['refused inconsistent']),
      zipCase('in the place', () => [file({ offset: 5 })], ['refused zip-structure']),
    ]),
    row('Z23', 'bytes around an archive', () => aroundCases(seed)),
  ];
}

const PATHS = [
  '../../evil.xml',
  '/evil.xml',
  'C:\\evil.xml',
  'a\u0000b.xml',
  '__proto__',
  'constructor',
  '..',
  'a/'.repeat(30_000) + 'x.xml',
];

function pathCases(): MatrixCase[] {
  return [
    ...PATHS.map((name) =>
      zipCase(JSON.stringify(name).slice(0, 40), () => [file({ name })], ['stored']),
    ),
    {
      attack: 'a symbolic link',
      mail: () => mailWithZip(asLink(zipOf(caseXml()))),
      expected: ['stored'],
    },
  ];
}

/** The archive's first file, said to be a symbolic link as Unix says it (APPNOTE 4.4.15). */
function asLink(zip: Buffer): Buffer {
  const directory = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
  expect(directory).toBeGreaterThan(0);
  zip.writeUInt16LE(0x031e, directory + 4);
  zip.writeUInt32LE(0o120777 * 2 ** 16, directory + 38);
  return zip;
}

function aroundCases(seed: number): MatrixCase[] {
  const random = createRandom(seed);
  const noise = Buffer.from(Array.from({ length: 4000 }, () => integer(random, 256)));
  const before = (bytes: Buffer) => () => mailWithZip(Buffer.concat([bytes, zipOf(caseXml())]));
  return [
    {
      attack: 'a program before it',
      mail: before(Buffer.concat([Buffer.from('MZ'), noise])),
      expected: ['refused zip-structure'],
    },
    zipCase('a comment of 64 KiB', () => [file()], ['stored'], {
      comment: Buffer.alloc(65_535, 'PK'),
    }),
    zipCase('a comment full of ends', () => [file()], ['refused too-many-entries'], {
      comment: Buffer.alloc(65_535, 'PK\u0005\u0006'),
    }),
    {
      attack: 'bytes behind it',
      mail: () => mailWithZip(Buffer.concat([zipOf(caseXml()), noise])),
      expected: ['stored'],
    },
  ];
}
