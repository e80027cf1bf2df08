import type { SourceNumbers } from '../verdict-types.ts';
import { highestFailureRatio } from './bounds.ts';
import type { Findings } from './case.ts';
import { classSums, type Days, type SourceDays, sumOf } from './source-days.ts';
import { turnOf } from './turns.ts';

/** The numbers of every source over the window, in the order of the classification. */
export function numbersOf(
  findings: Findings,
  strangers: readonly SourceNumbers[],
  window: Days,
  needingWork: ReadonlySet<string>,
): SourceNumbers[] {
  const judged = findings.all.map((source) => {
    const isOwn = source.source.class === 'own';
    const turn = isOwn ? turnOf(findings, source, 'timed') : null;
    const aligned = sumOf(source, 'aligned', window);
    return {
      source: source.source,
      sums: classSums([source], window),
      failed: sumOf(source, 'failed', window),
      needsWork: needingWork.has(source.source.id),
      everyDays: turn?.everyDays ?? null,
      highestFailureRatio:
        isOwn && sumOf(source, 'failed', window) === 0 ? highestFailureRatio(aligned) : null,
      ...daysOf(findings, source),
    };
  });
  return inOrder(findings, judged, strangers);
}

function inOrder(
  { input }: Findings,
  judged: readonly SourceNumbers[],
  strangers: readonly SourceNumbers[],
): SourceNumbers[] {
  let [ofJudged, ofStrangers] = [0, 0];
  return input.classification.sources.flatMap((source) => {
    if (source === strangers[ofStrangers]?.source) return strangers[ofStrangers++] ?? [];
    return source === judged[ofJudged]?.source ? (judged[ofJudged++] ?? []) : [];
  });
}

function daysOf(
  { mail }: Findings,
  { streams }: SourceDays,
): { firstDay: number | null; lastDay: number | null } {
  let firstDay: number | null = null;
  let lastDay: number | null = null;
  for (const index of streams) {
    const stream = mail.streams[index];
    if (stream?.firstDay == null || stream.lastDay == null) continue;
    firstDay = Math.min(firstDay ?? stream.firstDay, stream.firstDay);
    lastDay = Math.max(lastDay ?? stream.lastDay, stream.lastDay);
  }
  return { firstDay, lastDay };
}
