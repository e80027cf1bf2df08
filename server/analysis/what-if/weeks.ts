import type { Disposition } from '../../../ingest/report.ts';
import type { MailClass, MailStream } from '../../store/domain-mail.ts';
import type { WhatIf } from '../what-if-types.ts';

/** What happens to mail: `none` also where it passes. */
export type Hit = Disposition;

export const CLASSES: readonly MailClass[] = ['own', 'forwarder', 'unknown', 'unauthorised'];
const HITS: readonly Hit[] = ['none', 'quarantine', 'reject'];
/** Sums of one week: by class, and in it by what happened. */
const WIDTH = CLASSES.length * HITS.length;

export interface Weeks {
  /** Counts a stream's messages on the days of the window, and gives their sum. */
  add(stream: MailStream, name: MailClass, hit: Hit): number;
  sums(): WhatIf['weeks'];
}

export function createWeeks({ from, to }: { from: number; to: number }): Weeks {
  const firstMonday = mondayOf(from);
  const count = Math.max(0, Math.floor((to - firstMonday) / 7) + 1);
  const counts = new Float64Array(count * WIDTH);
  return {
    add({ days, messages }, name, hit) {
      const place = CLASSES.indexOf(name) * HITS.length + HITS.indexOf(hit);
      let sum = 0;
      for (let at = 0; at < days.length; at += 1) {
        const day = days[at] ?? -1;
        if (day < from || day > to) continue;
        const more = messages[at] ?? 0;
        const cell = Math.floor((day - firstMonday) / 7) * WIDTH + place;
        counts[cell] = (counts[cell] ?? 0) + more;
        sum += more;
      }
      return sum;
    },
    sums: () =>
      Array.from({ length: count }, (_, week) =>
        CLASSES.map((name, place) => {
          const [spared = 0, quarantined = 0, rejected = 0] = counts.subarray(
            week * WIDTH + place * HITS.length,
          );
          const messages = spared + quarantined + rejected;
          return { monday: firstMonday + 7 * week, class: name, messages, quarantined, rejected };
        }),
      )
        .flat()
        .filter(({ messages }) => messages > 0),
  };
}

/** 1970-01-05 was a Monday. */
function mondayOf(day: number): number {
  return day - ((day + 3) % 7);
}
