import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import type { Problem } from '../../ingest/problem.ts';
import { createSplitter, type SplitterEnd } from '../../ingest/splitter.ts';
import { recordXml, reportXml } from './a-report.ts';
import { fixture, outcomes, readOne } from './reading.ts';

const report = reportXml({ records: recordXml().repeat(5) });
const withoutDeclaration = report.replace(/<\?.*?\?>\n/, '');

interface Split {
  records: string[];
  told: string[];
  end: SplitterEnd | Problem;
}

function split(chunks: readonly string[], plainShape: boolean): Split {
  const records: string[] = [];
  const told: string[] = [];
  const events = {
    declaration: (text: string) => {
      told.push(text);
      return null;
    },
    record: (piece: string) => {
      records.push(piece);
      return 'taken' as const;
    },
    recordTooLarge: () => null,
    warn: (warning: string) => told.push(warning),
  };
  const splitter = createSplitter(defaultLimits, events, plainShape);
  for (const chunk of chunks) splitter.write(chunk);
  return { records, told, end: splitter.end() };
}

/** Cuts text at the given places, each a part of its length. */
function cutAt(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => Math.floor(place * text.length)), text.length];
  const sorted = at.sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => text.slice(sorted[index], end));
}

const ODD_DOCUMENTS = [
  'plain-rfc9990.xml',
  'comments-cdata-instructions.xml',
  'angle-bracket-in-email.xml',
  'namespace-prefixed.xml',
  'stray-schema-wrapper.xml',
  'doctype.xml',
  'other-xml.xml',
  'tags-mismatched.xml',
  'truncated.xml',
].map((file) => fixture(file).toString('latin1'));

describe('the splitter', () => {
  test('gives the same however the document is cut into chunks', () => {
    const documents = fc.constantFrom(report, withoutDeclaration, ...ODD_DOCUMENTS);
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(documents, places, fc.boolean(), (text, cuts, plainShape) => {
        expect(split(cutAt(text, cuts), plainShape)).toEqual(split([text], plainShape));
      }),
      { numRuns: 500 },
    );
  });

  test.each(ODD_DOCUMENTS.map((text, index) => [index, text] as const))(
    'gives the same character by character (document %i)',
    (_, text) => {
      expect(split(text.split(''), true)).toEqual(split([text], true));
    },
  );

  test('cuts records as they stand, and leaves the rest to the head', () => {
    const { records, end } = split([report], true);
    expect(records).toEqual(Array.from({ length: 5 }, () => recordXml().trim()));
    expect('head' in end && end.head).toMatch(/^<report_metadata>.*<\/policy_published>$/s);
  });

  test('takes the one in an extension for no record', () => {
    const text = report.replace('</feedback>', `<extension>${recordXml()}</extension></feedback>`);
    expect(split([text], true).records).toHaveLength(5);
  });

  test('of a report that is cut off anywhere lets nothing pass as complete', async () => {
    const text = reportXml({ records: recordXml().repeat(8) }).trimEnd();
    expect(text.length).toBeGreaterThan(2900);
    for (let length = 1; length < text.length; length += 1) {
      expect(await outcomes(text.slice(0, length))).toEqual(['truncated']);
    }
    expect(await outcomes(text)).toEqual(['report']);
  });
});

describe('a document that is not well-formed', () => {
  test.each([
    ['crossed tags', report.replace('</row>', '</identifiers>')],
    ['crossed tags in the metadata', report.replace('</org_name>', '</report_id>')],
    ['a report that ends as something else', report.replace('</feedback>', '</feedbacks>')],
    ['a wrapper that ends as something else', `<w>${withoutDeclaration}</v>`],
    ['two reports', report + withoutDeclaration],
    ['two roots', `${report}<more/>`],
    ['a root before it', `<more/>${withoutDeclaration}`],
    ['text after it', `${report}Regards, the reporter`],
    ['text before it', report.replace('<feedback>', 'Hello <feedback>')],
    ['half a tag after it', `${report}<`],
    ['two reports in a wrapper', `<w>${withoutDeclaration}${withoutDeclaration}</w>`],
    ['an end without a start', report.replace('</feedback>', '</record></feedback>')],
    ['an attribute without a value', report.replace('<row>', '<row odd>')],
    [
      'an attribute twice',
      report.replace('<row>', '<row a="1" a="1">').replace('<row>', '<row odd>'),
    ],
    ['a name that is none', report.replaceAll('org_name>', 'org=name>')],
    ['an unknown declaration', report.replace('<row>', '<!SOMETHING NEW><row>')],
    ['a tag that another breaks into', report.replace('<row>', '<row<row>')],
  ])('is refused: %s', async (_, text) => {
    for (const plainShape of [true, false]) {
      expect(await outcomes(text, {}, { plainShape })).toEqual(['malformed']);
    }
  });

  test.each([
    ['a byte order mark and an empty line', '\ufeff\n'],
    ['nothing', ''],
    ['white space', ' \r\n\t'],
  ])('that holds %s is empty', async (_, text) => {
    expect(await readOne(text)).toMatchObject({
      outcome: 'not-a-report',
      problem: { reason: 'empty' },
    });
  });

  test('with nothing but an XML declaration is cut off', async () => {
    expect(await outcomes('<?xml version="1.0"?>\n')).toEqual(['truncated']);
  });

  test('is kept, with its hash, so that a better parser can try', async () => {
    const document = await readOne(report.replace('</row>', '</rows>'));
    expect(document.outcome).toBe('refused');
    expect(document.contentSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(document.kept?.inflatedBytes).toBe(report.length + 1);
  });
});

describe('what is odd in the XML and can be read', () => {
  test.each([
    ['a wrapper that is never closed', `<w>${withoutDeclaration}`],
    ['a wrapper that is cut off', `<w>${withoutDeclaration}</`],
    ['a comment and a blank line at the end', `${report}\n<!-- end -->\n`],
    [
      'attributes and white space in tags',
      report.replaceAll('<row>', '<row lang = "en"\n>').replaceAll('</row>', '</row >'),
    ],
    ['an element closed in its start tag', report.replaceAll('</row>', '<note/></row>')],
    [
      'unknown elements in any place',
      report
        .replace('<feedback>', '<feedback><a><b>1</b></a>')
        .replaceAll('</row>', '<c>2</c></row>'),
    ],
    [
      'another order',
      report.replace(/(<policy_published>.*<\/policy_published>)([\s\S]*)(<\/feedback>)/, '$2$1$3'),
    ],
    ['text between the records', report.replaceAll('</record>', '</record> and ')],
  ])('%s', async (_, text) => {
    for (const plainShape of [true, false]) {
      const document = await readOne(text, {}, { plainShape });
      expect(document).toMatchObject({
        outcome: 'report',
        report: { recordCount: 5, refusedRowCount: 0 },
      });
    }
  });
});
