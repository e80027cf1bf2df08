import { beforeAfter } from '../analysis/before-after.ts';
import { changesOf } from '../analysis/changes.ts';
import { unusedIncludes } from '../analysis/unused-includes.ts';
import { judge, streamsToAskAbout } from '../analysis/verdict.ts';
import { defaultVerdictSettings } from '../analysis/verdict-settings.ts';
import type { Verdict } from '../analysis/verdict-types.ts';
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import { compareSnapshots, lastKnown } from '../records/snapshot-changes.ts';
import { DAY_SECONDS, dayNumber } from '../store/days.ts';
import type { DayRange, StoreReader } from '../store/store.ts';
import { CLASS_DAYS, createAnalysisLoader, type DomainAnalysis } from './analysis-loader.ts';
import { classDays } from './class-days.ts';
import type { DnsInsight, Insight, SourceList, VerdictOptions } from './insight.ts';
import { addressCounts, type AsName, sourceInsight } from './source-insight.ts';
import { sourceList } from './shown-sums.ts';
import type { Days } from './source-sums.ts';
import { whatIfInsight } from './what-if-insight.ts';

export interface InsightDeps {
  reader: StoreReader;
  nowSeconds: () => number;
  /** Names the network of an address, for people; null where it is not known. */
  asName: AsName;
}

/** What the verdict looks back on: little mail, and what counts as no data. */
const HISTORY_DAYS = defaultVerdictSettings.littleMailWindowDays;
/** Reports that lie further ahead are refused, so this takes in everything. */
const AHEAD_DAYS = 2;
const SNAPSHOTS = 400;
/** What has no day comes before all days. */
const BEFORE_ALL_DAYS = -1;

/** Joins the store with the analysis: thin, with a memory. */
export function createInsight({ reader, nowSeconds, asName }: InsightDeps): Insight {
  const load = createAnalysisLoader(reader);
  const today = (): number => Math.floor(nowSeconds() / DAY_SECONDS);

  const asOf = (domain: string, { at, offline }: VerdictOptions) => {
    const day = at ?? today() - 1;
    return load({ domain, from: day - HISTORY_DAYS + 1, at: day, classesAt: day, offline });
  };
  /** For a page: everything there is, the classes as they are today. */
  const shown = (domain: string, range: Days): Promise<DomainAnalysis | null> => {
    const from = Math.min(range.from, today() - HISTORY_DAYS);
    const at = today() + AHEAD_DAYS;
    return load({ domain, from, at, classesAt: today() - 1, offline: false });
  };
  const verdicts = new WeakMap<DomainAnalysis, Promise<Verdict>>();
  const judged = (analysis: DomainAnalysis): Promise<Verdict> => {
    const known = verdicts.get(analysis) ?? judgedNow(reader, analysis);
    verdicts.set(analysis, known);
    return known;
  };
  const verdictOf = async (domain: string, options: VerdictOptions): Promise<Verdict | null> => {
    const analysis = await asOf(domain, options);
    return analysis === null ? null : judged(analysis);
  };
  const daysOf = ({ from, to }: DayRange): Days => ({
    from: from === null ? BEFORE_ALL_DAYS : dayNumber(from),
    to: to === null ? today() + AHEAD_DAYS : dayNumber(to),
  });
  const workIn = async (domain: string): Promise<ReadonlySet<string>> =>
    workOf(await verdictOf(domain, { at: null, offline: false }));
  const lists = new WeakMap<DomainAnalysis, Map<string, SourceList>>();
  const listOf = (
    analysis: DomainAnalysis,
    range: Days,
    needsWork: ReadonlySet<string>,
  ): SourceList => {
    const known = lists.get(analysis) ?? new Map<string, SourceList>();
    lists.set(analysis, known);
    const key = `${range.from} ${range.to} ${[...needsWork].join(' ')}`;
    const list = known.get(key) ?? sourceList(analysis, range, needsWork, null);
    known.set(key, list);
    return list;
  };

  return {
    verdict: verdictOf,

    async sources(domain, wanted) {
      const range = daysOf(wanted);
      const analysis = await shown(domain, range);
      return analysis === null ? null : listOf(analysis, range, await workIn(domain));
    },

    async sourcesAt(domain, options) {
      const analysis = await asOf(domain, options);
      if (analysis === null) return null;
      const { at } = analysis.mail;
      const range = { from: at - CLASS_DAYS + 1, to: at };
      const addresses = await addressCounts(reader, analysis, range);
      return sourceList(analysis, range, workOf(await judged(analysis)), addresses);
    },

    async source(domain, sourceId, wanted) {
      const range = daysOf(wanted);
      const analysis = await shown(domain, range);
      const source = analysis?.classification.sources.find(({ id }) => id === sourceId);
      if (!analysis || !source) return null;
      const needsWork = await workIn(domain);
      return sourceInsight({ reader, asName, analysis, source, range, needsWork });
    },

    async days(domain, sourceId, wanted) {
      const range = daysOf(wanted);
      const analysis = await shown(domain, range);
      if (analysis === null) return null;
      const { mail, classification } = analysis;
      const sources = classification.sources.filter(
        ({ id }) => sourceId === null || id === sourceId,
      );
      if (sourceId !== null && sources.length === 0) return null;
      const reported = await reader.days(domain, null, wanted);
      return classDays(mail, sources, range, new Set(reported.map(({ day }) => dayNumber(day))));
    },

    async whatIf(domain, candidate, options) {
      const analysis = await asOf(domain, options);
      if (analysis === null) return null;
      const { policy, window } = await judged(analysis);
      return whatIfInsight(reader, analysis, policy?.policy ?? null, candidate, window);
    },

    async changes(domain, wanted) {
      const range = daysOf(wanted);
      const analysis = await shown(domain, range);
      if (analysis === null) return null;
      const [notes, dnsHistory] = await Promise.all([
        reader.notes(domain),
        historyOf(reader, domain, today()),
      ]);
      return changesOf({ ...analysis, notes, dnsHistory }, range);
    },

    async beforeAfter(domain, day) {
      const analysis = await shown(domain, { from: day - HISTORY_DAYS, to: day });
      return analysis === null ? null : beforeAfter(analysis, day);
    },

    async dns(domain) {
      const analysis = await shown(domain, { from: today(), to: today() });
      if (analysis === null) return null;
      const { dns, mail } = analysis;
      return {
        newest: dns,
        history: await historyOf(reader, domain, today()),
        unusedIncludes: dns === null ? [] : unusedIncludes(mail, dns),
      };
    },
  };
}

async function judgedNow(reader: StoreReader, analysis: DomainAnalysis): Promise<Verdict> {
  const { mail, classification, words, dns } = analysis;
  const asked = streamsToAskAbout(mail, classification);
  const streamReporterDays =
    asked.length === 0 ? [] : await reader.streamReporterDays(asked, mail.from, mail.at);
  const settings = defaultVerdictSettings;
  return judge({ mail, classification, words, dns, streamReporterDays, settings });
}

/** Own sources below the next gate's threshold. */
const workOf = (verdict: Verdict | null): ReadonlySet<string> =>
  new Set(
    verdict?.sources.filter(({ needsWork }) => needsWork).map(({ source }) => source.id) ?? [],
  );

/** Snapshots that say otherwise than what was known before, newest first. */
async function historyOf(
  reader: StoreReader,
  domain: string,
  today: number,
): Promise<DnsInsight['history']> {
  const newestFirst = await reader.dnsSnapshots(domain, today, SNAPSHOTS);
  const history: DnsInsight['history'] = [];
  let known: DnsSnapshot | null = null;
  for (const snapshot of newestFirst.reverse()) {
    const changes = known === null ? [] : compareSnapshots(known, snapshot);
    if (changes.length > 0) history.unshift({ askedSeconds: snapshot.askedSeconds, changes });
    // What could not be asked this time is compared when it can be again.
    known = known === null ? snapshot : lastKnown(known, snapshot);
  }
  return history;
}
