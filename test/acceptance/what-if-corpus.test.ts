import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ReadDocument } from '../../ingest/document.ts';
import { defaultLimits } from '../../ingest/limits.ts';
import { identityOf } from '../../ingest/identity.ts';
import { readMail } from '../../ingest/mail.ts';
import { looksLikeMail } from '../../ingest/mail-or-document.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import type { AggregateReport, PolicyPublished } from '../../ingest/report.ts';
import { shapeOf } from '../../ingest/shape.ts';
import { NOTHING_DROPPED, recompute } from '../../server/analysis/alignment.ts';
import { differenceOf } from '../../server/analysis/what-if/differences.ts';
import type { DifferenceKind } from '../../server/analysis/what-if-types.ts';
import { atLeast, beside, type Figure } from '../bench/figure.ts';
import { corpus, corpusDir } from '../corpus.ts';
import { truthOf } from '../generate/alignment-oracle.ts';
import { generateJudgedReports } from '../generate/alignment-reports.ts';
import { countedReports, type ManifestRow, readManifest } from '../manifest.ts';
import { isMissing } from '../parts.ts';

/** Long after the newest report. */
const NOW_SECONDS = 1_800_000_000;
const SEED = 20_261_123;

/** How the messages of one reporter compare; `equal` and the kinds add up to `messages`. */
interface Comparison {
  messages: number;
  /** Their raw results are complete and the reporter stated both evaluations. */
  complete: number;
  equal: number;
  kinds: Map<DifferenceKind | 'not-stated', number>;
}

const modesOf = ({ adkim, aspf }: PolicyPublished) => ({
  adkim: adkim ?? 'relaxed',
  aspf: aspf ?? 'relaxed',
});

const nothingCompared = (): Comparison => ({
  messages: 0,
  complete: 0,
  equal: 0,
  kinds: new Map(),
});

function compare(comparison: Comparison, report: AggregateReport): void {
  for (const { profile, count } of report.rows) {
    const said = report.profiles[profile];
    if (said === undefined) throw new RangeError(`row refers to profile ${profile}`);
    const shape = shapeOf(said);
    const found = recompute(shape, modesOf(report.policyPublished), NOTHING_DROPPED);
    const { dkimAligned, spfAligned } = shape.policyEvaluated;
    const isStated = dkimAligned !== null && spfAligned !== null;
    const kind = isStated ? differenceOf(shape, found) : 'not-stated';
    comparison.messages += count;
    if (isStated && found.complete) comparison.complete += count;
    if (kind === null) comparison.equal += count;
    else comparison.kinds.set(kind, (comparison.kinds.get(kind) ?? 0) + count);
  }
}

/** Of the messages whose raw results are complete. */
function equalPercent(comparisons: Iterable<Comparison>): number {
  let equal = 0;
  let complete = 0;
  for (const comparison of comparisons) {
    equal += comparison.equal;
    complete += comparison.complete;
  }
  return (100 * equal) / complete;
}

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const printFigure = (figure: Figure): boolean => print(JSON.stringify(figure));

function printTable(title: string, comparisons: ReadonlyMap<string, Comparison>): void {
  print(title);
  const rows = [...comparisons].sort(([, a], [, b]) => b.messages - a.messages);
  for (const [org, { messages, complete, equal, kinds }] of rows) {
    const told = [...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ');
    print(
      `  ${(org === '' ? '(no name)' : org).slice(0, 40).padEnd(40)} messages ${messages}, complete ${complete}, equal ${equal}${told === '' ? '' : `; ${told}`}`,
    );
  }
}

async function documentsOf(file: string): Promise<ReadDocument[]> {
  const reader = createDocumentReader(defaultLimits);
  const bytes = readFileSync(path.join(corpusDir ?? '', file));
  if (looksLikeMail(bytes)) {
    return (await readMail(bytes, defaultLimits, reader, NOW_SECONDS)).documents;
  }
  return reader.readAttachment(bytes, { part: '', name: file, position: 0 }, NOW_SECONDS);
}

/** Each report once; of several versions the one with the smaller hash, as they are counted. */
async function reportsOf(rows: readonly ManifestRow[]): Promise<AggregateReport[]> {
  const counted = new Map<string, { contentSha256: string; report: AggregateReport }>();
  for (const file of new Set(rows.map((row) => row.file))) {
    for (const document of await documentsOf(file)) {
      if (document.outcome !== 'report') continue;
      const { contentSha256, report } = document;
      const identity = identityOf(report, contentSha256).toString('hex');
      const known = counted.get(identity);
      if (known === undefined || contentSha256 < known.contentSha256) {
        counted.set(identity, { contentSha256, report });
      }
    }
  }
  return [...counted.values()].map(({ report }) => report);
}

async function compareReporters(rows: readonly ManifestRow[]) {
  const comparisons = new Map<string, Comparison>();
  for (const report of await reportsOf(rows)) {
    const { orgName } = report.metadata;
    const comparison = comparisons.get(orgName) ?? nothingCompared();
    comparisons.set(orgName, comparison);
    compare(comparison, report);
  }
  return comparisons;
}

const messagesOf = (comparisons: ReadonlyMap<string, Comparison>): number =>
  [...comparisons.values()].reduce((sum, { messages }) => sum + messages, 0);

describe.skipIf(isMissing(corpus))(
  'alignment recomputed from the raw results of real reports',
  () => {
    const counted = isMissing(corpus) ? [] : countedReports(readManifest(corpusDir ?? ''));
    // Its anonymiser gave header and envelope one name, so that what was not aligned looks aligned.
    const isRenamed = ({ file }: ManifestRow): boolean => file.startsWith('DmarcRua/');

    test('equals what the reporters evaluated for 99% of the messages', async () => {
      const rows = counted.filter((row) => !isRenamed(row));
      const comparisons = await compareReporters(rows);
      printTable('Recomputed against reported, all but DmarcRua:', comparisons);
      const percent = equalPercent(comparisons.values());
      printFigure(beside('what-if-corpus-messages', messagesOf(comparisons), 'messages', 0));
      printFigure(atLeast('what-if-corpus-equal', percent, '%', 99, 0));
      expect(messagesOf(comparisons)).toBe(rows.reduce((sum, { messages }) => sum + messages, 0));
      expect(percent).toBeGreaterThanOrEqual(99);
    });

    test('cannot be told where an anonymiser gave header and envelope one name', async () => {
      const rows = counted.filter(isRenamed);
      const comparisons = await compareReporters(rows);
      printTable(
        'DmarcRua, whose anonymiser gave header and envelope one name, so that every pass looks aligned:',
        comparisons,
      );
      printFigure(beside('what-if-dmarcrua-messages', messagesOf(comparisons), 'messages', 0));
      printFigure(beside('what-if-dmarcrua-equal', equalPercent(comparisons.values()), '%', 0));
      expect(messagesOf(comparisons)).toBe(rows.reduce((sum, { messages }) => sum + messages, 0));
    });
  },
);

describe('alignment recomputed from 10,000 generated reports', () => {
  test('is what DMARC says of each delivery, under every mode and with parts taken away', async () => {
    const sums = { messages: 0, complete: 0, equal: 0, wrong: 0, reportedDifferently: 0 };
    for await (const { delivery, shape, count, modes } of generatedRecords()) {
      for (const question of questionsAbout(delivery.author.name)) {
        const { withoutSelector: selector, withoutSpfOf: spfDomain } = question;
        const found = recompute(shape, question, { selector, spfDomain });
        const truth = truthOf(delivery, question);
        const pairs = [
          [found.dkimAligned, truth.dkimAligned],
          [found.spfAligned, truth.spfAligned],
        ];
        sums.messages += count;
        if (found.complete) sums.complete += count;
        if (found.complete && pairs.every(([a, b]) => a === b)) sums.equal += count;
        // What is told must be so, also where something else was not said.
        if (pairs.some(([a, b]) => a !== null && a !== b)) sums.wrong += count;
      }
      const found = recompute(shape, modes, NOTHING_DROPPED);
      const isOpen = !found.complete || found.temperror;
      if (!isOpen && differenceOf(shape, found) !== null) sums.reportedDifferently += count;
    }
    const percent = (100 * sums.equal) / sums.complete;
    const completePercent = (100 * sums.complete) / sums.messages;
    printFigure(atLeast('what-if-generated-equal', percent, '%', 100, SEED));
    printFigure(beside('what-if-generated-complete', completePercent, '%', SEED));
    expect(sums).toMatchObject({ equal: sums.complete, wrong: 0, reportedDifferently: 0 });
    expect(completePercent).toBeGreaterThan(80);
    expect(completePercent).toBeLessThan(100);
  });
});

async function* generatedRecords() {
  const reader = createDocumentReader(defaultLimits);
  const place = { part: '', name: 'report.xml', position: 0 };
  for (const { xml, modes, deliveries } of generateJudgedReports({ seed: SEED, reports: 10_000 })) {
    const [document] = await reader.readAttachment(Buffer.from(xml), place, NOW_SECONDS);
    if (document?.outcome !== 'report') throw new Error('the report could not be read');
    for (const { position, profile, count } of document.report.rows) {
      const delivery = deliveries[position];
      const said = document.report.profiles[profile];
      if (delivery === undefined || said === undefined) throw new RangeError('no such record');
      yield { delivery, shape: shapeOf(said), count, modes };
    }
  }
}

function questionsAbout(author: string) {
  const modes = ['relaxed', 'strict'] as const;
  return modes.flatMap((adkim) =>
    modes.flatMap((aspf) => [
      { adkim, aspf, withoutSelector: null, withoutSpfOf: null },
      { adkim, aspf, withoutSelector: 's1', withoutSpfOf: author },
    ]),
  );
}
