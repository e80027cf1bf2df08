import { expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { createRandom } from '../../server/demo/random.ts';
import { oddDocument } from '../generate/odd-documents.ts';
import { toldReport } from '../generate/told-reports.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { NOW_SECONDS, outcomeOf } from './reading.ts';

const DOCUMENTS = 10_000;
const documents = inFullOrShare(DOCUMENTS, 2_500);
/** Caps that small documents meet, for every other document. */
const LOW_LIMITS = {
  ...defaultLimits,
  recordBytes: 1_200,
  textBytes: 400,
  headBytes: 1_500,
  records: 6,
};

/** Of each path a reader for its whole life, as in a running program: what it remembers must not matter. */
const paths = [defaultLimits, LOW_LIMITS].map((limits) => ({
  short: createDocumentReader(limits),
  general: createDocumentReader(limits, { plainShape: false }),
}));

test('records in the plain shape read the same by the short way as tag by tag, whatever is odd around them', async () => {
  const outcomes: Record<string, number> = {};
  for (let place = 0; place < documents; place += 1) {
    const random = createRandom(longRunSeed + place);
    const xml = oddDocument(random, toldReport(longRunSeed, place).xml);
    const bytes = Buffer.from(xml);
    const at = { part: '', name: `odd-${place}.xml`, position: 0 };
    const { short, general } = paths[place % paths.length] ?? { short: null, general: null };
    const byTags = await general?.readAttachment(bytes, at, NOW_SECONDS);
    const found = await short?.readAttachment(bytes, at, NOW_SECONDS);
    expect(found, xml).toEqual(byTags);
    const [document] = found ?? [];
    const outcome = document === undefined ? 'nothing' : outcomeOf(document);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  // It shows something only if documents of every kind came up.
  expect(outcomes['report']).toBeGreaterThan(documents / 4);
  expect(outcomes['malformed']).toBeGreaterThan(documents / 20);
  expect(Object.keys(outcomes).length).toBeGreaterThan(5);
  printFigure({
    ...{ figure: 'splitter-paths', n: documents, of: documents, full: DOCUMENTS },
    ...{ reports: outcomes['report'] ?? 0, outcomes: Object.keys(outcomes).length },
  });
}, 300_000);
