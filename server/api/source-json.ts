import type { ClassifiedSource, Split } from '../analysis/classified.ts';
import type { ClassDay, SourceInsight, SourceList, SourceSums } from '../insight/insight.ts';
import type { DaysResponse, SourceDetailResponse, SourceResponse } from './contract-sources.ts';
import { type ClosedRange, dayNumber, daysOf, dayText } from './day-range.ts';
import { questionJson } from './verdict-json.ts';

const dayOrNull = (day: number | null): string | null => (day === null ? null : dayText(day));

export const sourceListJson = ({ sources, questions, headerFroms }: SourceList) => ({
  sources: sources.map(sourceJson),
  questions: questions.map(questionJson),
  headerFroms,
});

export function sourceJson(sums: SourceSums): SourceResponse {
  const { source, classShown, tally, addresses, passedUnaligned, advice } = sums;
  return {
    id: source.id,
    name: source.name,
    network: source.network,
    split: splitJson(source.split),
    class: source.class,
    classShown,
    evidence: source.evidence.map(({ rule, text, messages }) => ({ rule, text, messages })),
    word: wordJson(source.word),
    ...{ tally, addresses },
    firstDay: dayOrNull(sums.firstDay),
    lastDay: dayOrNull(sums.lastDay),
    ...{ passedUnaligned, advice },
  };
}

export function sourceDetailJson(range: ClosedRange, insight: SourceInsight): SourceDetailResponse {
  const { everyDays, signatures, returnPaths, receivers, reasons, headerFroms } = insight;
  return {
    range,
    source: sourceJson(insight),
    everyDays,
    addresses: insight.addressRows,
    ...{ signatures, returnPaths, receivers, reasons, headerFroms },
  };
}

/** Every day of the range; one without a report has no sums, which is not zero. */
export function daysJson(range: ClosedRange, days: readonly ClassDay[]): DaysResponse['days'] {
  const known = new Map(days.map((day) => [day.day, day]));
  return daysOf(range).map((day) => {
    const found = known.get(dayNumber(day) ?? 0);
    return {
      day,
      tally: found?.reported === true ? found.tally : null,
      forwarded: found?.forwarded ?? 0,
      forwardedFailing: found?.forwardedFailing ?? 0,
      ownFailing: found?.ownFailing ?? 0,
      unauthorised: found?.unauthorised ?? 0,
      unknown: found?.unknown ?? 0,
    };
  });
}

const splitJson = (split: Split): SourceResponse['split'] => ({
  kind: split.kind,
  domain: split.kind === 'as' ? split.domain : null,
});

const wordJson = (word: ClassifiedSource['word']): SourceResponse['word'] =>
  word === null ? null : { ...word, day: dayText(word.day) };
