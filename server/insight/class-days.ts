import { addToTally, emptyTally, facetOf, outcomeOf } from '../../ingest/outcome.ts';
import type { ClassifiedSource } from '../analysis/classified.ts';
import type { DomainMail } from '../store/domain-mail.ts';
import type { ClassDay } from './insight.ts';
import { type Days, streamsOf } from './source-sums.ts';

/**
 * Sums a day over some sources of the domain.
 * @param reported days that any report covers
 */
export function classDays(
  mail: DomainMail,
  sources: readonly ClassifiedSource[],
  range: Days,
  reported: ReadonlySet<number>,
): ClassDay[] {
  const days = new Map<number, ClassDay>();
  for (let day = range.from; day <= range.to; day++)
    days.set(day, emptyDay(day, reported.has(day)));
  for (const source of sources) {
    for (const { shape, days: active, messages } of streamsOf(mail, source)) {
      const facet = facetOf(outcomeOf(shape));
      const { dkimAligned, spfAligned } = shape.policyEvaluated;
      const isAligned = dkimAligned === true || spfAligned === true;
      active.forEach((day, index) => {
        const sums = days.get(day);
        if (sums === undefined) return;
        const count = messages[index] ?? 0;
        addToTally(sums.tally, facet, count);
        addToClass(sums, source, isAligned, count);
      });
    }
  }
  return [...days.values()];
}

const emptyDay = (day: number, reported: boolean): ClassDay => ({
  day,
  reported,
  tally: emptyTally(),
  forwarded: 0,
  forwardedFailing: 0,
  ownFailing: 0,
  unauthorised: 0,
  unknown: 0,
});

function addToClass(
  sums: ClassDay,
  source: ClassifiedSource,
  isAligned: boolean,
  count: number,
): void {
  switch (source.class) {
    case 'own':
      if (!isAligned) sums.ownFailing += count;
      break;
    case 'forwarder':
      sums.forwarded += count;
      if (!isAligned) sums.forwardedFailing += count;
      break;
    case 'unauthorised':
      sums.unauthorised += count;
      break;
    case 'unknown':
      sums.unknown += count;
  }
}
