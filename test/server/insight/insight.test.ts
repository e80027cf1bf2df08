import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { emptyTally, type Tally } from '../../../ingest/outcome.ts';
import type { Insight } from '../../../server/insight/insight.ts';
import { createInsight } from '../../../server/insight/open-insight.ts';
import { dayText } from '../../../server/store/days.ts';
import { openSettings } from '../../../server/store/open.ts';
import { aDocument, aReport, DAY, MARCH } from '../store/a-report.ts';
import { anyReport } from '../store/any-reports.ts';
import { openTempStore } from '../store/temp-store.ts';

const SEED = 20_634;
const DOMAIN = 'example.org';
/** After every report that the generator makes. */
const NOW_SECONDS = MARCH + 40 * DAY;
const EVER = { from: null, to: null };

async function openInsight() {
  const store = await openTempStore();
  const insight = createInsight({
    reader: store.reader,
    nowSeconds: () => NOW_SECONDS,
    asName: () => null,
  });
  return { ...store, insight };
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    for (const key of Object.keys(sum) as (keyof Tally)[]) {
      if (key === 'dispositions') continue;
      sum[key] += tally[key];
    }
    for (const key of Object.keys(sum.dispositions) as (keyof Tally['dispositions'])[])
      sum.dispositions[key] += tally.dispositions[key];
  }
  return sum;
}

test('sums over sources, and over days, are the totals to the unit, for every range', async () => {
  const range = fc.constantFrom(
    EVER,
    { from: '2026-03-02', to: '2026-03-05' },
    { from: '2026-03-04', to: null },
    { from: '2026-01-01', to: '2026-12-31' },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyReport, { minLength: 1, maxLength: 12 }),
      range,
      async (reports, asked) => {
        const { store, reader, insight } = await openInsight();
        for (const report of reports) await store(aDocument(aReport(report)));
        const { tally } = await reader.totals({ domain: DOMAIN, ...asked });
        const list = await insight.sources(DOMAIN, asked);
        expect(sumOf((list?.sources ?? []).map((source) => source.tally))).toEqual(tally);
        const froms = (list?.headerFroms ?? []).reduce((sum, { messages }) => sum + messages, 0);
        expect(froms).toBe(tally.messages);
        if (asked.from === null) return;
        const days = (await insight.days(DOMAIN, null, asked)) ?? [];
        expect(sumOf(days.map((day) => day.tally))).toEqual(tally);
      },
    ),
    { seed: SEED, numRuns: 25 },
  );
});

test('one source has the sums that the list has for it, by address, receiver and signature', async () => {
  const { store, insight } = await openInsight();
  const rows = [
    { sourceIp: '192.0.2.1', count: 5, dkimAligned: true, spfAligned: true, spf: [] },
    { sourceIp: '192.0.2.2', count: 2, dkimAligned: false, spfAligned: true, spf: [] },
  ];
  await store(
    aDocument(aReport({ orgName: 'A', beginSeconds: MARCH, endSeconds: MARCH + DAY - 1, rows })),
  );
  await store(
    aDocument(aReport({ orgName: 'B', beginSeconds: MARCH, endSeconds: MARCH + DAY - 1, rows })),
  );
  const [listed] = (await insight.sources(DOMAIN, EVER))?.sources ?? [];
  const source = await insight.source(DOMAIN, listed?.source.id ?? '', EVER);
  expect(source).toMatchObject({ tally: { messages: 14 }, addresses: 2 });
  expect(sumOf(source?.addressRows.map(({ tally }) => tally) ?? [])).toEqual(source?.tally);
  expect(source?.receivers).toEqual([
    { orgName: 'A', messages: 7, dmarcAligned: 7 },
    { orgName: 'B', messages: 7, dmarcAligned: 7 },
  ]);
  expect(await insight.source(DOMAIN, 'as:1#own', EVER)).toBeNull();
  expect(await insight.sources('other.example', EVER)).toBeNull();
});

test('an answer is kept until mail arrives or the user speaks', async () => {
  const { store, insight, dataDir } = await openInsight();
  const row = { sourceIp: '192.0.2.1', count: 5, dkimAligned: false, spfAligned: false, spf: [] };
  const at = (begin: number) => ({ beginSeconds: begin, endSeconds: begin + DAY - 1, rows: [row] });
  await store(aDocument(aReport({ reportId: '1', ...at(MARCH + 38 * DAY) })));
  const classOf = async () => {
    const list = await insight.sources(DOMAIN, EVER);
    return list?.sources.map(({ source, tally }) => [source.id, source.class, tally.messages]);
  };
  const [id] = (await classOf())?.[0] ?? [];
  expect(await classOf()).toEqual([[id, 'unauthorised', 5]]);
  await store(aDocument(aReport({ reportId: '2', ...at(MARCH + 37 * DAY) })));
  // On both of the two days of which anything is known: someone's habit, perhaps.
  expect(await classOf()).toEqual([[id, 'unknown', 10]]);
  const settings = openSettings({ dataDir });
  onTestFinished(() => settings.close());
  const word = { sourceId: String(id), class: 'own' as const, day: 1, by: 'me', note: null };
  await settings.classify(DOMAIN, word, NOW_SECONDS);
  expect(await classOf()).toEqual([[id, 'own', 10]]);
});

test('a page and a verdict share the mail that they read, and say what each says alone', async () => {
  const cases = fc.tuple(
    fc.array(anyReport, { minLength: 1, maxLength: 8 }),
    fc.integer({ min: -2, max: 45 }),
    fc.boolean(),
  );
  let shared = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ([reports, day, isPageFirst]) => {
      const { store, reader } = await openTempStore();
      for (const report of reports) await store(aDocument(aReport(report)));
      let reads = 0;
      const counting = {
        ...reader,
        domainMail: (...asked: Parameters<typeof reader.domainMail>) => {
          reads += 1;
          return reader.domainMail(...asked);
        },
      };
      const nowSeconds = () => MARCH + day * DAY + DAY / 2;
      const fresh = () => createInsight({ reader: counting, nowSeconds, asName: () => null });
      const range = { from: dayText(MARCH / DAY + day - 30), to: dayText(MARCH / DAY + day - 1) };
      const yesterday = { at: null, offline: false };
      const page = (insight: Insight) => insight.changes(DOMAIN, range);
      const verdict = (insight: Insight) => insight.verdict(DOMAIN, yesterday);
      const alone = [await page(fresh()), await verdict(fresh())];
      expect(reads).toBe(2);
      reads = 0;
      const both = fresh();
      const first = isPageFirst ? await page(both) : await verdict(both);
      const second = isPageFirst ? await verdict(both) : await page(both);
      expect(isPageFirst ? [first, second] : [second, first]).toEqual(alone);
      if (reads === 1) shared += 1;
    }),
    { seed: SEED, numRuns: 60 },
  );
  expect(shared).toBeGreaterThan(0);
  expect(shared).toBeLessThan(60);
}, 60_000);
