import type { ClassifiedSource } from '../analysis/classified.ts';
import { rhythmOf } from '../analysis/rhythm.ts';
import type { MailStream } from '../store/domain-mail.ts';
import type { StoreReader } from '../store/store.ts';
import type { DomainAnalysis } from './analysis-loader.ts';
import type { SourceInsight } from './insight.ts';
import { shownSums } from './shown-sums.ts';
import { createSums, type Days, messagesWithin, streamsOf } from './source-sums.ts';

export type AsName = (sourceIp: string) => string | null;

interface SourceQuery {
  reader: StoreReader;
  asName: AsName;
  analysis: DomainAnalysis;
  source: ClassifiedSource;
  range: Days;
  needsWork: ReadonlySet<string>;
}

/** Addresses of each source over some days. */
export async function addressCounts(
  reader: StoreReader,
  { mail, classification }: DomainAnalysis,
  range: Days,
): Promise<ReadonlyMap<string, number>> {
  const ids = mail.streams.map(({ id }) => id);
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const seen = new Map<string, Set<number>>();
  for (const { streamId, addressIds } of await reader.streamAddresses(ids, range.from, range.to)) {
    const place = placeOf.get(streamId) ?? 0;
    const source = classification.sources[classification.sourceOfStream[place] ?? 0];
    if (source === undefined) continue;
    const addresses = seen.get(source.id) ?? new Set();
    seen.set(source.id, addresses);
    for (const id of addressIds) addresses.add(id);
  }
  return new Map([...seen].map(([id, addresses]) => [id, addresses.size]));
}

/** All that is known of one source. */
export async function sourceInsight(query: SourceQuery): Promise<SourceInsight> {
  const { reader, asName, analysis, source, range, needsWork } = query;
  const { mail } = analysis;
  const streams = streamsOf(mail, source);
  const ids = streams.map(({ id }) => id);
  const [addresses, reporterDays] = await Promise.all([
    reader.sourceAddresses(ids, range.from, range.to),
    reader.streamReporterDays(ids, range.from, range.to),
  ]);
  const pointers = await reader.pointers(addresses.map(({ sourceIp }) => sourceIp));
  const pointerOf = new Map(pointers.map((pointer) => [pointer.sourceIp, pointer]));
  return {
    ...shownSums(mail, source, range, needsWork, addresses.length),
    everyDays: rhythmOf(activeDays(streams), mail.at)?.everyDays ?? null,
    addressRows: addresses.map(({ sourceIp, tally }) => ({
      sourceIp,
      tally,
      pointer: pointerOf.get(sourceIp)?.name ?? null,
      pointerConfirmed: pointerOf.get(sourceIp)?.confirmed ?? false,
      asName: asName(sourceIp),
    })),
    receivers: receiversOf(streams, reporterDays),
    ...whatItSays(streams, range),
  };
}

const activeDays = (streams: readonly MailStream[]): number[] =>
  streams.filter(({ timed }) => timed).flatMap(({ days, olderDays }) => [...olderDays, ...days]);

function receiversOf(
  streams: readonly MailStream[],
  reporterDays: Awaited<ReturnType<StoreReader['streamReporterDays']>>,
): SourceInsight['receivers'] {
  const aligned = new Set(streams.filter(isAligned).map(({ id }) => id));
  const sums = new Map<string, { orgName: string; messages: number; dmarcAligned: number }>();
  for (const { orgName, streamId, messages } of reporterDays) {
    const sum = sums.get(orgName) ?? { orgName, messages: 0, dmarcAligned: 0 };
    sums.set(orgName, sum);
    sum.messages += messages;
    if (aligned.has(streamId)) sum.dmarcAligned += messages;
  }
  return [...sums.values()].sort(
    (a, b) => b.messages - a.messages || (a.orgName < b.orgName ? -1 : 1),
  );
}

const isAligned = ({ shape: { policyEvaluated } }: MailStream): boolean =>
  policyEvaluated.dkimAligned === true || policyEvaluated.spfAligned === true;

/** Signatures, return paths, reasons and author domains, by messages. */
function whatItSays(
  streams: readonly MailStream[],
  range: Days,
): Pick<SourceInsight, 'signatures' | 'returnPaths' | 'reasons' | 'headerFroms'> {
  const signatures = createSums<Omit<SourceInsight['signatures'][number], 'messages'>>();
  const returnPaths = createSums<Omit<SourceInsight['returnPaths'][number], 'messages'>>();
  const reasons = createSums<{ type: string | null }>();
  const froms = createSums<{ domain: string | null }>();
  for (const stream of streams) {
    const messages = messagesWithin(stream, range);
    const { dkim, spf, policyEvaluated, identifiers } = stream.shape;
    for (const { domain, selector, result } of dkim)
      signatures.add({ domain, selector, result }, messages);
    for (const { domain, result } of spf) returnPaths.add({ domain, result }, messages);
    for (const { type } of policyEvaluated.reasons) reasons.add({ type }, messages);
    froms.add({ domain: identifiers.headerFrom }, messages);
  }
  return {
    signatures: signatures.ranked(),
    returnPaths: returnPaths.ranked(),
    reasons: reasons.ranked(),
    headerFroms: froms.ranked(),
  };
}
