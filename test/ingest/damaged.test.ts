import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeZip } from './make-zip.ts';
import { fixture, fixturesDir, read } from './reading.ts';

const documents = readdirSync(fixturesDir).map(fixture);
const archives = [
  gzipSync(fixture('plain-rfc7489.xml')),
  Buffer.concat([gzipSync(fixture('ipv6.xml')), gzipSync(fixture('capitals.xml'))]),
  makeZip([
    { name: 'a.xml', content: fixture('plain-rfc9990.xml') },
    { name: 'b.xml', content: fixture('bom-utf16.xml'), method: 0 },
  ]),
];

/** What may happen to bytes: one is another, a stretch is missing, or there twice. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  kind: fc.constantFrom('changed', 'missing', 'twice'),
  length: fc.integer({ min: 1, max: 60 }),
  byte: fc.oneof(fc.constantFrom(...Buffer.from('<>&/"\'![]?-; \n\u00ff')), fc.nat(255)),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Buffer, { at, kind, length, byte }: Damage): Buffer {
  const start = Math.floor(at * bytes.length);
  const [before, stretch, after] = [
    bytes.subarray(0, start),
    bytes.subarray(start, start + length),
    bytes.subarray(start + length),
  ];
  switch (kind) {
    case 'changed':
      return Buffer.concat([before, Buffer.from([byte]), stretch.subarray(1), after]);
    case 'missing':
      return Buffer.concat([before, after]);
    case 'twice':
      return Buffer.concat([before, stretch, stretch, after]);
    default:
      throw new Error(kind);
  }
}

const cases = (of: readonly Buffer[]) =>
  fc
    .tuple(fc.constantFrom(...of), fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([bytes, damages]) => damages.reduce(damaged, bytes));

describe('a damaged document', () => {
  test('reads the same in both ways, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(cases(documents), async (bytes) => {
        const short = await read(bytes);
        expect(await read(bytes, {}, { plainShape: false })).toEqual(short);
      }),
      { numRuns: 600 },
    );
  });

  test('in an archive is read, refused or told to be none, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(cases(archives), async (bytes) => {
        const found = await read(bytes);
        expect(found.length).toBeGreaterThan(0);
        expect(found.map(({ position }) => position)).toEqual(found.map((_, index) => index));
      }),
      { numRuns: 600 },
    );
  });
});
