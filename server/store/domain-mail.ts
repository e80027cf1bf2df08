import type { PolicyPublished, Profile } from '../../ingest/report.ts';
import type { SourceName } from './source-naming.ts';

/**
 * The mail of one policy domain as the analysis sees it: sums of counts by stream and day, read
 * from the roll-ups. Days are integers, days since 1970-01-01 UTC. Nothing in it is later than `at`:
 * it holds the counted reports whose end is not after the end of that day, whenever received.
 */
export interface DomainMail {
  /** Policy domain, a lower-case A-label. */
  domain: string;
  /** Last day looked at. */
  at: number;
  /** First day for which every stream has its sums by day; -1 takes in what has no day, as a day -1. */
  from: number;
  streams: readonly MailStream[];
  /** Counted reports with any day from `from` to `at`, or without a day. */
  reports: readonly ReportFact[];
  /** What each reporter told of each day from `from` to `at`. */
  reporterDays: readonly ReporterDay[];
  /** Names below this domain that have reports of their own: policy domains in their own right. */
  otherPolicyDomains: readonly string[];
}

/** Mail of one network or service (as the address is named) that says the same about itself. */
export interface MailStream {
  /** Row id in the store; stable while the store is open. */
  id: number;
  /** Service or network, before the split by whom the mail speaks for. */
  network: SourceName;
  /** As `shapeOf` leaves a profile. */
  shape: Profile;
  /**
   * False for reports that span more than 48 hours, begin where they end or have no usable day:
   * they count in totals, not in time, rhythm or coverage.
   */
  timed: boolean;
  /** Over everything kept up to `at`; null where no day is known. */
  firstDay: number | null;
  lastDay: number | null;
  /** Days of the range with any message, ascending, and the messages of each (same length). */
  days: readonly number[];
  messages: readonly number[];
  /** Active days before `from`, ascending, of streams that are seldom seen; else empty. */
  olderDays: readonly number[];
}

export interface ReportFact {
  orgName: string;
  /** The reporter's contact; its domain tells the operator behind many names. */
  email: string | null;
  policyPublished: PolicyPublished;
  beginSeconds: number | null;
  endSeconds: number | null;
  /** null: without a day. */
  firstDay: number | null;
  lastDay: number | null;
  messages: number;
}

export interface ReporterDay {
  orgName: string;
  email: string | null;
  day: number;
  messages: number;
  dmarcAligned: number;
}

/** Asked of the store after the streams were classified. */
export interface StreamReporterDay {
  streamId: number;
  orgName: string;
  email: string | null;
  day: number;
  messages: number;
}

/** Of one address in one stream. */
export interface StreamAddress {
  streamId: number;
  /** Row id in the store; stable while the store is open. */
  addressId: number;
  messages: number;
  activeDays: number;
}

/**
 * The same of all addresses of one stream, each once, in columns of one length: a botnet has very many.
 * Asked for streams that nothing ties to the owner.
 */
export interface StreamAddresses {
  streamId: number;
  addressIds: readonly number[];
  messages: readonly number[];
  activeDays: readonly number[];
}

export function addressesByStream(addresses: readonly StreamAddress[]): StreamAddresses[] {
  const byStream = new Map<number, Record<'addressIds' | 'messages' | 'activeDays', number[]>>();
  for (const { streamId, addressId, messages, activeDays } of addresses) {
    const known = byStream.get(streamId) ?? { addressIds: [], messages: [], activeDays: [] };
    byStream.set(streamId, known);
    known.addressIds.push(addressId);
    known.messages.push(messages);
    known.activeDays.push(activeDays);
  }
  return [...byStream].map(([streamId, columns]) => ({ streamId, ...columns }));
}

/** What the user says. It stands over every rule, with its date. */
export interface UserWords {
  classes: readonly ClassWord[];
  /** "This is mended", said of a source: failures before `day` are explained if it passed since. */
  fixed: readonly { sourceId: string; day: number; by: string; note: string | null }[];
  /** How often a source sends, where the user knows better than the data. */
  rhythms: readonly { sourceId: string; everyDays: number; by: string }[];
  waivers: readonly Waiver[];
  /** "This domain sends nothing", said by the user on that day; null where not said. */
  sendsNothing: { day: number; by: string } | null;
  /** Tenant of the domain at Microsoft ('contoso' of contoso.onmicrosoft.com), if told. */
  microsoftTenants: readonly string[];
}

export interface ClassWord {
  /** 'service:mailchimp#as:bulk-offers.net', or without '#…' for all mail of the network. */
  sourceId: string;
  class: MailClass;
  day: number;
  by: string;
  note: string | null;
}

/** A gate that the user accepts as it is. */
export interface Waiver {
  gate: string;
  by: string;
  day: number;
  reason: string;
  /** Last day on which it holds. */
  untilDay: number;
}

export type MailClass = 'own' | 'forwarder' | 'unauthorised' | 'unknown';
