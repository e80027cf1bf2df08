import type { WhatIfResponse } from '../../server/api/contract-what-if.ts';
import type { MailClassName } from '../../server/api/contract-sources.ts';

/** One policy that was tried. */
export interface Tried {
  label: string;
  answer: WhatIfResponse;
}

/** A source or a week with what each policy would have hit, in the order of the policies. */
export interface TriedRow {
  key: string;
  name: string;
  class: MailClassName;
  messages: number;
  hits: number[];
}

interface Hit {
  quarantined: number;
  rejected: number;
}

const hitOf = (hit: Hit | undefined): number =>
  hit === undefined ? 0 : hit.quarantined + hit.rejected;

const CLASS_ORDER: MailClassName[] = ['own', 'unknown', 'forwarder', 'unauthorised'];

/** Own mail first, and of each class what the strictest policy hits most. */
export function sourceRows(tried: readonly Tried[]): TriedRow[] {
  const rows = new Map<string, TriedRow>();
  tried.forEach(({ answer }, place) => {
    for (const source of answer.sources) {
      const row = rows.get(source.id) ?? {
        key: source.id,
        name: source.name,
        class: source.class,
        messages: source.messages,
        hits: tried.map(() => 0),
      };
      row.hits[place] = hitOf(source);
      rows.set(source.id, row);
    }
  });
  return [...rows.values()].sort(
    (a, b) =>
      CLASS_ORDER.indexOf(a.class) - CLASS_ORDER.indexOf(b.class) ||
      Math.max(...b.hits) - Math.max(...a.hits) ||
      b.messages - a.messages,
  );
}

/** Own and forwarded mail of each week; what strangers lose needs no planning. */
export function weekRows(tried: readonly Tried[]): TriedRow[] {
  const rows = new Map<string, TriedRow>();
  tried.forEach(({ answer }, place) => {
    for (const week of answer.weeks) {
      if (week.class !== 'own' && week.class !== 'forwarder') continue;
      const key = `${week.monday} ${week.class}`;
      const row = rows.get(key) ?? {
        key,
        name: week.monday,
        class: week.class,
        messages: week.messages,
        hits: tried.map(() => 0),
      };
      row.hits[place] = hitOf(week);
      rows.set(key, row);
    }
  });
  return [...rows.values()].sort((a, b) => (a.key < b.key ? 1 : -1));
}
