import type { ClassSums } from './verdict-types.ts';

/** Something that happened on a day, for the marks on the charts. */
export interface Change {
  day: number;
  kind: 'policy' | 'dns' | 'source-first' | 'source-last' | 'note';
  /** A few words for the chart: "p=quarantine", "MX changed", "Mailchimp: first mail". */
  label: string;
  /** One sentence. */
  text: string;
  sourceId: string | null;
}

/** The same number of days before and after a day, per source. */
export interface BeforeAfter {
  day: number;
  before: { from: number; to: number };
  after: { from: number; to: number };
  sources: readonly {
    sourceId: string;
    name: string;
    before: ClassSums;
    after: ClassSums;
    lastDay: number | null;
    /** "Fell to nothing after 2026-11-03"; "Signs since 2026-11-05"; null where nothing changed. */
    told: string | null;
  }[];
  /** What a move of providers still wants: sentences, the most urgent first. */
  moving: readonly string[];
}

/** An SPF include that no report has used for 90 days, with the look-ups it gives back. */
export interface UnusedInclude {
  include: string;
  lookups: number;
  lastUsedDay: number | null;
}
