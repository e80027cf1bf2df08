import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePiece } from '../../ingest/xml.ts';
import { createSkeletonReader } from '../../ingest/xml-skeleton.ts';

const SEED = 20_261_124;
const record = (inner: string): string => `<record>${inner}</record>`;

/** Texts as they stand in reports, whole references and broken ones among them. */
const value = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'pass',
    ' example.org\n',
    '@0',
    '@12',
    'a &amp; b',
    'a & b',
    '&#65;',
    '&x;',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 12 }).map((text) => text.replaceAll('<', '')),
  fc.constantFrom('münchen', ']]>', '--', '"quoted"', "it's", 'a\tb', 'a\r\nb'),
);
const name = fc.constantFrom('row', 'count', 'dkim', 'spf', 'result', 'a1', 'Row', 'ns:row');
const element: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(name, value).map(([tag, text]) => `<${tag}>${text}</${tag}>`),
    fc
      .tuple(name, fc.array(tie('node'), { maxLength: 4 }))
      .map(([tag, inner]) => `<${tag}>\n ${inner.join('\n ')}\n</${tag}>`),
    name.map((tag) => `<${tag}/>`),
    fc.tuple(name, value).map(([tag, text]) => `<${tag} lang="en">${text}</${tag}>`),
    value,
  ),
})).node;

describe('a record read by its skeleton', () => {
  it('is what the parser gives for the whole, or is left to the parser', () => {
    const skeletons = createSkeletonReader('record');
    let bySkeleton = 0;
    fc.assert(
      fc.property(fc.array(element, { maxLength: 5 }), (parts) => {
        const piece = record(parts.join('\n'));
        // Twice: as it is seen for the first time, and as it is remembered.
        for (const read of [skeletons.read(piece), skeletons.read(piece)]) {
          if (read === null) continue;
          bySkeleton += 1;
          expect(read).toEqual(parsePiece('record', piece)?.children);
        }
      }),
      { seed: SEED, numRuns: 3_000 },
    );
    expect(bySkeleton).toBeGreaterThan(500);
  });

  it.each([
    ['a value that is not ASCII, whose bytes an encoding decides', '<a>m\u00fcnchen</a>'],
    ['a bare ampersand, which is told', '<a>b & c</a>'],
    ['text between elements', '<row>text<a>b</a></row>'],
    ['text that looks like a mark', '<row>@0<a>b</a></row>'],
    ['a line end in a value', '<a>b\nc</a>'],
    ['an element without its end', '<a>b</a><c>'],
  ])('is left to the parser for %s', (_, inner) => {
    expect(createSkeletonReader('record').read(record(inner))).toBeNull();
  });

  it('takes values from the record at hand, not from the one that was parsed', () => {
    const skeletons = createSkeletonReader('record');
    skeletons.read(record('<a>first</a><b> x </b>'));
    expect(skeletons.read(record('<a>@1</a><b></b>'))).toEqual({
      record: [{ a: ['@1'], b: [''] }],
    });
  });
});
