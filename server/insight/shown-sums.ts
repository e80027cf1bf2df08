import type { ClassifiedSource } from '../analysis/classified.ts';
import { adviceFor } from '../analysis/verdict/advice.ts';
import type { DomainMail } from '../store/domain-mail.ts';
import type { DomainAnalysis } from './analysis-loader.ts';
import { headerFroms } from './header-froms.ts';
import type { SourceList, SourceSums } from './insight.ts';
import { type Days, passedUnaligned, streamsOf, tallyOf } from './source-sums.ts';

/** A source as lists show it. `needsWork`: ids of own sources below the next gate's threshold. */
export function shownSums(
  mail: DomainMail,
  source: ClassifiedSource,
  range: Days,
  needsWork: ReadonlySet<string>,
  addresses: number | null,
): SourceSums {
  const streams = streamsOf(mail, source);
  const works = needsWork.has(source.id);
  return {
    ...tallyOf(mail, source, range),
    classShown: works ? 'own-needs-work' : source.class,
    addresses,
    passedUnaligned: passedUnaligned(streams, range),
    advice: works ? adviceFor(source, streams, mail.domain) : null,
  };
}

/**
 * All sources with mail in the range, most messages first.
 * @param addresses by source id, where they were counted
 */
export function sourceList(
  { mail, classification }: DomainAnalysis,
  range: Days,
  needsWork: ReadonlySet<string>,
  addresses: ReadonlyMap<string, number> | null,
): SourceList {
  const { sources, questions } = classification;
  const countOf = (id: string): number | null => addresses && (addresses.get(id) ?? 0);
  return {
    sources: sources
      .map((source) => shownSums(mail, source, range, needsWork, countOf(source.id)))
      .filter(({ tally }) => tally.messages > 0)
      .sort((a, b) => b.tally.messages - a.tally.messages || (a.source.id < b.source.id ? -1 : 1)),
    questions,
    headerFroms: headerFroms(mail, sources, range),
  };
}
