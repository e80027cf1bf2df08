import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type { DomainMail, StreamAddress, UserWords } from '../store/domain-mail.ts';
import { catalogue } from './catalogue/catalogue.ts';
import { homesOf } from './classes/homes.ts';
import { judgeSource } from './classes/judge-source.ts';
import { ownNames } from './classes/own-names.ts';
import { placeStreams } from './classes/place.ts';
import { questionsOf } from './classes/questions.ts';
import { readStream } from './classes/reading.ts';
import { sendersOf } from './classes/senders.ts';
import { draftSources, type SourceDraft } from './classes/sources.ts';
import { wordReader } from './classes/user-word.ts';
import { steadyDaysOf } from './classes/window.ts';
import type { ClassifiedSource, ClassQuestion } from './classified.ts';
import { type KnownServices, knownServices } from './service-facts.ts';

export interface ClassContext {
  words: UserWords;
  /** null: DNS was not asked. */
  dns: DnsSnapshot | null;
  /** Services by their facts; those of the catalogue by default. */
  services?: KnownServices;
  /**
   * Addresses of streams over the window, as far as the store was asked (`addressesWanted`). Of a
   * stream without any, the network stands for its addresses.
   */
  addresses: readonly StreamAddress[];
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

/**
 * Every stream to one source, and every source to its class, with the evidence (product: own network,
 * tie, forwarder, the rest; the user's word over all of it). The order of streams does not matter.
 */
export function classify(mail: DomainMail, context: ClassContext): Classification {
  const { words, dns, window, services = known } = context;
  const names = ownNames(mail.domain, words, dns, services);
  const readings = mail.streams.map((stream, index) => readStream(stream, index, names, services));
  const homes = homesOf(readings, services);
  const senders = sendersOf(readings, homes, names, services, { words, dns });
  const addresses = addressesByStream(context.addresses);
  const { placed, spreads } = placeStreams(
    readings,
    { homes, senders, services },
    addresses,
    window,
  );
  const drafts = draftSources(readings, placed).sort(byMessages);
  const wordOn = wordReader(words, new Set(drafts.map(({ id }) => id)));
  const grounds = {
    ...{ domain: mail.domain, spreads, services, window, wordOn },
    steadyDays: steadyDaysOf(mail, window),
    isUsed: ({ network }: SourceDraft) => senders.isUsed(network),
  };
  const sources = drafts.map((draft) => judgeSource(draft, grounds));
  return {
    sources,
    questions: questionsOf(sources, readings, window),
    sourceOfStream: sourceOfStream(sources, mail.streams.length),
  };
}

/**
 * Ids of streams whose addresses would tell more: those without a tie, and those with one in the
 * networks of such, where no shared service stands before them.
 */
export function addressesWanted(mail: DomainMail, { sources }: Classification): number[] {
  const open = sources.filter(({ class: is }) => is === 'unknown' || is === 'unauthorised');
  const networks = new Set(
    open.filter(({ network }) => OF_MANY.has(network.kind)).map(({ network }) => network.id),
  );
  const near = sources.filter(
    ({ split, network }) => split.kind === 'own' && networks.has(network.id),
  );
  return [...new Set([...open, ...near])].flatMap(({ streams }) =>
    streams.flatMap((index) => mail.streams[index]?.id ?? []),
  );
}

/** Networks whose customers share no service, so that an address is one customer's. */
const OF_MANY: ReadonlySet<string> = new Set(['ptr', 'as', 'block']);

function addressesByStream(
  addresses: readonly StreamAddress[],
): ReadonlyMap<number, readonly StreamAddress[]> {
  const byStream = new Map<number, StreamAddress[]>();
  for (const address of addresses) {
    const known = byStream.get(address.streamId);
    if (known === undefined) byStream.set(address.streamId, [address]);
    else known.push(address);
  }
  return byStream;
}

function byMessages(a: SourceDraft, b: SourceDraft): number {
  return b.messages - a.messages || (a.id < b.id ? -1 : 1);
}

function sourceOfStream(sources: readonly ClassifiedSource[], streams: number): Int32Array {
  const places = new Int32Array(streams);
  for (const [place, source] of sources.entries())
    for (const stream of source.streams) places[stream] = place;
  return places;
}
