import type { GateId, GateState, Verdict } from '../../server/analysis/verdict-types.ts';
import type { UserWords } from '../../server/store/domain-mail.ts';
import type { MailRow, MailSpec } from '../server/analysis/mail/story.ts';
import type { DnsSpec } from './dns-of.ts';

/** One story of a domain, and what must be said of it. Days count back from the last day (0). */
export interface Scenario {
  name: string;
  /** Why the verdict is what it is, with the clause that says so. */
  why: string;
  mail: MailSpec;
  /** Left out: DNS is not asked. */
  dns?: DnsSpec;
  words?: Partial<UserWords>;
  expect: Expected;
}

export interface Expected {
  verdict: Verdict['verdict'];
  /** Source ids, in any order. */
  blockers: readonly string[];
  record: string | null;
  /** Days from the last day; null: no day can be told. */
  earliest?: number | null;
  gates?: Partial<Record<GateId, GateState>>;
  classes?: Readonly<Record<string, Verdict['sources'][number]['source']['class']>>;
  /** Pieces of the sentence, of the notes, and of the details of all gates. */
  says?: readonly string[];
  /** Pieces that stand nowhere. */
  hushes?: readonly string[];
  lowVolume?: boolean;
}

export const KEEP = 'rua=<keep yours>';
export const NO_WORDS: UserWords = {
  ...{ classes: [], fixed: [], rhythms: [], waivers: [] },
  ...{ sendsNothing: null, microsoftTenants: [] },
};

/** 2026-06-30, the last day of a story that names none, and days before it (-1 is the day before). */
export const dayOf = (fromLast: number): number => 20_634 + fromLast;

/** Weekdays, as 0 is Sunday. */
export const WORKDAYS = [1, 2, 3, 4, 5];

/** Mail that passes by both, day for day. */
export function workspace(messages = 100, more: Partial<MailRow> = {}): MailRow {
  return {
    source: 'service:google',
    messages,
    days: [-89, 0],
    dkim: ['pass example.org google'],
    spf: ['pass example.org'],
    ...more,
  };
}

/** Spoofing: nobody's mail in the domain's name, each day from `networks` networks. */
export function spoofing(messages: number, networks = 20, more: Partial<MailRow> = {}): MailRow[] {
  return Array.from({ length: networks }, (_, index) => ({
    source: `as:${64_600 + index}`,
    messages,
    days: [-29, 0] as const,
    spf: ['fail example.org'],
    ...more,
  }));
}

/** A newsletter service that signs as itself and returns to itself. */
export function newsletter(messages = 120, more: Partial<MailRow> = {}): MailRow {
  return {
    source: 'service:mailchimp',
    messages,
    weekdays: [3],
    days: [-89, 0],
    dkim: ['pass mcsv.net k2'],
    spf: ['pass mail27.suw15.mcsv.net'],
    ...more,
  };
}

/** The user says of whom a source is. */
export function said(
  sourceId: string,
  is: UserWords['classes'][number]['class'],
): Partial<UserWords> {
  return { classes: [{ sourceId, class: is, day: dayOf(-40), by: 'Ines', note: null }] };
}
