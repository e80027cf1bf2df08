import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { defaultLimits } from '../../ingest/limits.ts';
import { recordXml } from '../ingest/a-report.ts';
import { makeZip } from '../ingest/make-zip.ts';
import { caseXml, fileName, mailWith } from './mails.ts';
import type { MatrixRow } from './row.ts';
import { bomb, gzipOf, packRepeated } from './packing.ts';

const KIB = 1024;

const packed = (): Buffer => gzipSync(caseXml());
const behind = (...parts: readonly Buffer[]): Buffer => mailWith(Buffer.concat(parts));
const layers = (times: number, wrap: (inner: Buffer) => Buffer, innermost: Buffer): Buffer =>
  Array.from({ length: times }).reduce<Buffer>((inner) => wrap(inner), innermost);
const zipped = (content: Buffer): Buffer => makeZip([{ name: 'r.xml', content }]);

/** Packings that are no zip archive, and packings inside each other. */
export function compressionRows(): MatrixRow[] {
  return [
    {
      ...{ id: 'Z01', about: 'a gzip bomb of 1 GiB', inOwnProcess: true },
      cases: () => [
        {
          attack: 'of zeros',
          mail: () => mailWith(gzipOf(bomb(KIB))),
          expected: ['refused inflated-limit'],
        },
      ],
    },
    {
      ...{ id: 'Z07', about: 'packings without end' },
      // What holds itself is seen as this is: nothing is opened beyond the second packing.
      cases: () => [
        {
          attack: 'gzip six times over',
          mail: () => mailWith(layers(6, (inner) => gzipSync(inner), packed())),
          expected: ['refused nesting'],
        },
        {
          attack: 'zip six times over',
          mail: () => mailWith(layers(6, zipped, zipped(Buffer.from(caseXml())))),
          expected: ['refused nesting'],
        },
        {
          attack: 'gzip and zip by turns',
          mail: () => mailWith(layers(3, (inner) => gzipSync(zipped(inner)), packed())),
          expected: ['refused nesting'],
        },
      ],
    },
    {
      ...{ id: 'Z13', about: 'a false checksum' },
      cases: () => [
        { attack: 'of a gzip', mail: () => mailWith(damaged(-8)), expected: ['refused checksum'] },
        {
          attack: 'of a zip',
          mail: () => mailWith(makeZip([{ name: 'r.xml', content: caseXml(), crc: 1 }])),
          expected: ['refused checksum'],
        },
        {
          attack: 'of a file stored in a zip',
          mail: () => mailWith(makeZip([{ name: 'r.xml', content: caseXml(), crc: 1, method: 0 }])),
          expected: ['refused checksum'],
        },
      ],
    },
    { ...{ id: 'Z14', about: 'cut at each tenth' }, cases: cutAtTenths },
    {
      ...{ id: 'Z15', about: 'bytes behind a gzip' },
      cases: () => [
        {
          attack: 'garbage',
          mail: () => behind(packed(), Buffer.alloc(100, 7)),
          expected: ['stored trailing-bytes'],
        },
        {
          attack: 'a line break',
          mail: () => behind(packed(), Buffer.from('\r\n')),
          expected: ['stored trailing-bytes'],
        },
        { attack: 'zeros', mail: () => behind(packed(), Buffer.alloc(512)), expected: ['stored'] },
      ],
    },
    {
      ...{ id: 'Z16', about: 'two reports in one gzip' },
      cases: () => [
        { attack: 'both', mail: () => behind(packed(), packed()), expected: ['stored', 'stored'] },
        {
          attack: 'the second cut off',
          mail: () => behind(packed(), packed().subarray(0, 200)),
          expected: ['stored', 'refused truncated'],
        },
      ],
    },
    {
      ...{ id: 'Z17', about: '500,000 empty members', inOwnProcess: true },
      cases: () => [
        {
          attack: 'of nothing',
          mail: () => mailWith(Buffer.concat(Array<Buffer>(500_000).fill(gzipSync('')))),
          expected: ['not-a-report empty'],
        },
      ],
    },
    {
      ...{ id: 'Z18', about: 'deflate under the name of gzip' },
      cases: () => [
        { attack: 'zlib', mail: () => mailWith(deflateSync(caseXml())), expected: ['stored'] },
        {
          attack: 'without any header',
          mail: () => mailWith(deflateRawSync(caseXml())),
          expected: ['refused unsupported-container'],
        },
      ],
    },
    {
      ...{ id: 'Z24', about: 'packings that reports do not come in' },
      cases: () =>
        Object.entries(CONTAINERS).map(([extension, bytes]) => ({
          attack: extension,
          mail: () => mailWith(bytes(), fileName(extension), 'application/octet-stream'),
          expected: ['refused unsupported-container'],
        })),
    },
    {
      ...{ id: 'Z25', about: 'the cap on what is unpacked', inOwnProcess: true },
      cases: () => [
        { attack: 'one byte below', mail: () => paddedTo(-1), expected: ['stored'] },
        { attack: 'one byte above', mail: () => paddedTo(1), expected: ['refused inflated-limit'] },
      ],
    },
  ];
}

function damaged(at: number): Buffer {
  const bytes = packed();
  const place = bytes.length + at;
  bytes[place] = (bytes[place] ?? 0) ^ 0xff;
  return bytes;
}

function cutAtTenths() {
  const forms = { gzip: packed, zip: () => zipped(Buffer.from(caseXml())) };
  return Object.entries(forms).flatMap(([form, make]) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => ({
      attack: `${form} at ${tenth}`,
      mail: () => {
        const bytes = make();
        return mailWith(bytes.subarray(0, Math.floor((bytes.length * tenth) / 10)));
      },
      expected: ['refused truncated'],
    })),
  );
}

const signed = (hex: string) => (): Buffer =>
  Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(600, 7)]);

const CONTAINERS: Record<string, () => Buffer> = {
  'tar.gz': () => gzipSync(tar()),
  tar: () => tar(),
  '7z': signed('377abcaf271c0004'),
  rar: signed('526172211a070100'),
  xz: signed('fd377a585a000004'),
  bz2: signed('425a683931415926'),
  zst: signed('28b52ffd24000100'),
};

function tar(): Buffer {
  const header = Buffer.alloc(512);
  header.write('r.xml', 0);
  header.write('ustar', 257);
  return Buffer.concat([header, Buffer.from(caseXml())]);
}

/** A report that unpacks to the cap and so many bytes, most of them comments. */
function paddedTo(beyond: number): Buffer {
  const [head = '', tail = ''] = caseXml({ records: `@${recordXml()}` }).split('@');
  const comment = `<!--${' '.repeat(64 * KIB - 7)}-->`;
  const room = defaultLimits.inflatedBytes + beyond - head.length - tail.length;
  const comments = Math.floor(room / comment.length);
  const rest = ' '.repeat(room - comments * comment.length);
  return mailWith(gzipOf(packRepeated(head, comment, comments, rest + tail)));
}
