import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import {
  addressesByStream,
  type DomainMail,
  type StreamAddress,
  type StreamAddresses,
  type UserWords,
} from '../store/domain-mail.ts';
import { catalogue } from './catalogue/catalogue.ts';
import { homesOf } from './classes/homes.ts';
import { judgeSource } from './classes/judge-source.ts';
import { ownNames } from './classes/own-names.ts';
import { placeStreams } from './classes/place.ts';
import { questionsOf } from './classes/questions.ts';
import { type Reading, streamReader } from './classes/reading.ts';
import { type Senders, sendersOf } from './classes/senders.ts';
import { draftSources, type SourceDraft } from './classes/sources.ts';
import { splitOf, type StreamSplit } from './classes/splits.ts';
import { OUTSTANDING_DAYS_RATIO } from './classes/thresholds.ts';
import { wordReader } from './classes/user-word.ts';
import { steadyDaysOf, type Window, windowDaysOf } from './classes/window.ts';
import type { ClassifiedSource, ClassQuestion } from './classified.ts';
import { type KnownServices, knownServices } from './service-facts.ts';

/** What classes are told by DNS. */
export type ClassDns = Pick<DnsSnapshot, 'spf' | 'microsoftTenant'>;

export interface ClassContext {
  words: UserWords;
  /** null: DNS was not asked. */
  dns: ClassDns | null;
  /** Services by their facts; those of the catalogue by default. */
  services?: KnownServices;
  /**
   * Addresses of streams over the window, as far as the store was asked (`PreparedClasses.addressesWanted`). Of a
   * stream without any, the network stands for its addresses.
   */
  addresses: readonly StreamAddress[];
  /** Ids of addresses that sent tied mail, as far as the store was asked. */
  tiedAddresses?: readonly number[];
  /** Days that the classes look at, both included. */
  window: { from: number; to: number };
}

export interface Classification {
  /** Most messages first. */
  sources: ClassifiedSource[];
  /** Of the unknown sources, worth most first. */
  questions: ClassQuestion[];
  /** For each place of `DomainMail.streams` the place in `sources`. */
  sourceOfStream: Int32Array;
}

const known = knownServices(catalogue);

/** Ids of streams whose addresses would tell more. */
export interface AddressesWanted {
  /**
   * Without a tie, and active on so many days that one address may stand out, or of a network of many
   * customers that sends tied mail too: what each address sent.
   */
  open: number[];
  /** That tied mail: only which addresses sent it. */
  tied: number[];
}

/** All that can be read before addresses are asked for. */
export interface PreparedClasses {
  addressesWanted(): AddressesWanted;
  classify(addresses: readonly StreamAddresses[], tiedAddresses: readonly number[]): Classification;
}

/**
 * Every stream to one source, and every source to its class, with the evidence (product: own network,
 * tie, forwarder, the rest; the user's word over all of it). The order of streams does not matter.
 */
export function classify(mail: DomainMail, context: ClassContext): Classification {
  const { addresses, tiedAddresses = [] } = context;
  return prepareClasses(mail, context).classify(addressesByStream(addresses), tiedAddresses);
}

/** The same in two steps, for a caller that asks a store for just the addresses that matter. */
export function prepareClasses(
  mail: DomainMail,
  context: Omit<ClassContext, 'addresses' | 'tiedAddresses'>,
): PreparedClasses {
  const { words, dns, window, services = known } = context;
  const names = ownNames(mail.domain, words, dns, services);
  const readings = mail.streams.map(streamReader(names, services));
  const homes = homesOf(readings, services);
  const senders = sendersOf(readings, homes, names, services, dns);
  const grounds = { homes, senders, services };
  const splits = readings.map((reading) => splitOf(reading, grounds));
  return {
    addressesWanted: () => addressesWanted(readings, splits, senders, window),
    classify(addresses, tiedAddresses) {
      const known = new Map(addresses.map((one) => [one.streamId, one]));
      const tied = new Set(tiedAddresses);
      const { placed, spreads } = placeStreams(readings, splits, grounds, known, tied, window);
      const drafts = byMessages(draftSources(readings, placed));
      const wordOn = wordReader(words, () => drafts.map(({ id }) => id));
      const judging = {
        ...{ domain: mail.domain, spreads, services, window, wordOn },
        steadyDays: steadyDaysOf(mail, window),
        isUsed: ({ network }: SourceDraft) => senders.isUsed(network),
      };
      const sources = drafts.map((draft) => judgeSource(draft, judging));
      return {
        sources,
        questions: questionsOf(sources, readings, window),
        sourceOfStream: sourceOfStream(sources, mail.streams.length),
      };
    },
  };
}

function addressesWanted(
  readings: readonly Reading[],
  splits: readonly StreamSplit[],
  senders: Senders,
  window: Window,
): AddressesWanted {
  const [tied, open] = [new Set<string>(), new Set<string>()];
  for (const { stream, index } of readings) {
    const { id, kind } = stream.network;
    if (!OF_MANY.has(kind) || senders.isShared(stream.network)) continue;
    const standing = splits[index]?.standing;
    if (standing === 'tied') tied.add(id);
    if (standing === 'rest') open.add(id);
  }
  const days = (window.to - window.from + 1) * OUTSTANDING_DAYS_RATIO;
  const wanted: AddressesWanted = { open: [], tied: [] };
  for (const { stream, index } of readings) {
    const standing = splits[index]?.standing;
    if (standing !== 'tied' && standing !== 'rest') continue;
    const { id, network } = stream;
    const isNear = tied.has(network.id) && open.has(network.id);
    if (standing === 'tied') {
      if (isNear) wanted.tied.push(id);
    } else if (isNear || windowDaysOf(stream, window).length >= days) wanted.open.push(id);
  }
  return wanted;
}

/** Networks whose customers share no service, so that an address is one customer's. */
const OF_MANY: ReadonlySet<string> = new Set(['ptr', 'as', 'block']);

/** Most messages first, equal ones by id: many strangers have the same few. */
function byMessages(drafts: readonly SourceDraft[]): SourceDraft[] {
  const bySum = new Map<number, SourceDraft[]>();
  for (const draft of drafts) {
    const same = bySum.get(draft.messages);
    if (same === undefined) bySum.set(draft.messages, [draft]);
    else same.push(draft);
  }
  const sums = Float64Array.from(bySum.keys()).sort().reverse();
  return Array.from(sums, (sum) => bySum.get(sum) ?? []).flatMap((same) =>
    same.sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

function sourceOfStream(sources: readonly ClassifiedSource[], streams: number): Int32Array {
  const places = new Int32Array(streams);
  for (const [place, source] of sources.entries())
    for (const stream of source.streams) places[stream] = place;
  return places;
}
