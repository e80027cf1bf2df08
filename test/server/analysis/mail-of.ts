import type {
  DomainMail,
  MailStream,
  StreamReporterDay,
} from '../../../server/store/domain-mail.ts';
import { type Count, countsOf } from './mail/counts.ts';
import { networkOf } from './mail/network.ts';
import { reporterDaysOf, reportsOf, toldBy } from './mail/reports.ts';
import { type MailSpec, type Story, storyOf } from './mail/story.ts';

interface Summed extends MailStream {
  sums: Map<number, number>;
}

/**
 * The mail of a domain from readable rows, as the store would give it. A row needs a source and the
 * messages of a day; it then sends on each of the last 30 days, without any authentication:
 *
 *     mailOf({ rows: [
 *       { source: 'service:google', messages: 120, weekdays: [1, 2, 3, 4, 5],
 *         dkim: ['pass example.org google'], spf: ['pass example.org'] },
 *       { source: 'as:64500 Example Hosting', messages: 1, on: [-20, -6], spf: ['fail example.org'] },
 *     ] })
 */
export function mailOf(spec: MailSpec): DomainMail {
  return mailAndReporters(spec).mail;
}

/** The same, with what the store answers when asked who told of which stream. */
export function mailAndReporters(spec: MailSpec): {
  mail: DomainMail;
  streamReporterDays: StreamReporterDay[];
} {
  const story = storyOf(spec);
  const streams = new Map<string, Summed>();
  const told: StreamReporterDay[] = [];
  for (const count of story.rows.flatMap((row) => countsOf(row, story))) {
    if (count.day > story.at) continue;
    const stream = streamOf(streams, count, story.domain);
    stream.sums.set(count.day, (stream.sums.get(count.day) ?? 0) + count.messages);
    if (!stream.timed || count.day < story.from) continue;
    for (const { reporter, messages } of toldBy(count, story))
      told.push({
        streamId: stream.id,
        ...{ orgName: reporter.org, email: reporter.email, day: count.day, messages },
      });
  }
  const finished = [...streams.values()].map((stream) => withDays(stream, story));
  const reporterDays = reporterDaysOf(told, finished);
  const mail: DomainMail = {
    ...{ domain: story.domain, at: story.at, from: story.from },
    streams: finished,
    reports: reportsOf(reporterDays, story),
    reporterDays,
    otherPolicyDomains: spec.otherPolicyDomains ?? [],
  };
  return { mail, streamReporterDays: told };
}

function streamOf(streams: Map<string, Summed>, { row, shape }: Count, domain: string): Summed {
  const network = networkOf(row.source, domain);
  const timed = row.timed ?? true;
  const key = JSON.stringify([network.id, shape, timed]);
  const known = streams.get(key);
  if (known !== undefined) return known;
  const made: Summed = {
    ...{ id: streams.size + 1, network, shape, timed, firstDay: null, lastDay: null },
    ...{ days: [], messages: [], olderDays: [], sums: new Map<number, number>() },
  };
  streams.set(key, made);
  return made;
}

function withDays({ sums, ...stream }: Summed, { from }: Story): MailStream {
  const active = [...sums].sort(([a], [b]) => a - b);
  const inRange = active.filter(([day]) => day >= from);
  return {
    ...stream,
    firstDay: active[0]?.[0] ?? null,
    lastDay: active.at(-1)?.[0] ?? null,
    days: inRange.map(([day]) => day),
    messages: inRange.map(([, messages]) => messages),
    olderDays: active.map(([day]) => day).filter((day) => day < from),
  };
}
