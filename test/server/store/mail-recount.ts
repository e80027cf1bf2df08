import path from 'node:path';
import Database from 'better-sqlite3';
import { outcomeOfFacet } from '../../../ingest/outcome.ts';
import { shapeOf } from '../../../ingest/shape.ts';
import { daysOf, sharesByDay } from '../../../server/store/days.ts';
import type { DomainMail } from '../../../server/store/domain-mail.ts';
import { profileBody, profileOfBody } from '../../../server/store/profile-body.ts';

const DAY_SECONDS = 86_400;

interface Row {
  orgName: string;
  sourceIp: string;
  sourceId: string;
  begin: number | null;
  end: number | null;
  body: string;
  facet: number;
  count: number;
}

/** What a domain's mail comes to, made slowly from the rows of counted reports, in comparable texts. */
export interface MailRecount {
  streams: string[];
  reporterDays: string[];
  streamReporterDays: string[];
  streamAddresses: string[];
  activeAddresses: string[];
}

export function recountMail(
  dataDir: string,
  domain: string,
  from: number,
  at: number,
): MailRecount {
  const streams = sums<number>();
  const [reporterDays, aligned] = [sums<string>(), sums<string>()];
  const [streamReporterDays, addressDays] = [sums<string>(), sums<string>()];
  for (const row of rowsOf(dataDir, domain)) {
    if (row.end !== null && row.end > (at + 1) * DAY_SECONDS) continue;
    const stream = streamText(row.sourceId, row.body, timed(row.begin, row.end));
    for (const [day, share] of sharesByDay(daysOf(row.begin, row.end), row.count)) {
      if (day > at) continue;
      streams.add(stream, day, share);
      if (day < from) continue;
      const { dkimAligned, spfAligned } = outcomeOfFacet(row.facet);
      const isAligned = dkimAligned === true || spfAligned === true;
      reporterDays.add('', `${row.orgName} ${day}`, share);
      aligned.add('', `${row.orgName} ${day}`, isAligned ? share : 0);
      streamReporterDays.add(stream, `${row.orgName} ${day}`, share);
      addressDays.add(`${stream} ${row.sourceIp}`, String(day), share);
    }
  }
  return {
    streams: [...streams.all()].map(([stream, days]) => streamLine(stream, days, from, at)).sort(),
    reporterDays: [...(reporterDays.all().get('') ?? [])]
      .map(([key, messages]) => `${key} ${messages} ${aligned.all().get('')?.get(key) ?? 0}`)
      .sort(),
    streamReporterDays: [...streamReporterDays.all()]
      .flatMap(([stream, found]) => [...found].map(([key, sum]) => `${stream} ${key} ${sum}`))
      .sort(),
    streamAddresses: [...addressDays.all()]
      .map(([key, days]) => `${key} ${total(days.values())} ${days.size}`)
      .sort(),
    activeAddresses: [...addressDays.all().keys()].sort(),
  };
}

/** Addresses by row id. */
export function sourceIps(dataDir: string): Map<number, string> {
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  try {
    const rows = database.prepare<[], [id: number, sourceIp: string]>(
      'SELECT id, source_ip FROM address',
    );
    return new Map(rows.raw().all());
  } finally {
    database.close();
  }
}

/** The same texts of what the reader gives. */
export function streamLines(mail: DomainMail): string[] {
  return mail.streams
    .map((stream) =>
      JSON.stringify([
        ...[streamOf(stream), stream.firstDay, stream.lastDay],
        ...[stream.days, stream.messages, stream.olderDays],
      ]),
    )
    .sort();
}

export const streamOf = ({ network, shape, timed: tells }: DomainMail['streams'][number]): string =>
  streamText(network.id, profileBody(shape), tells);

const streamText = (sourceId: string, body: string, tells: boolean): string =>
  `${sourceId} ${profileBody(shapeOf(profileOfBody(body)))} ${tells ? 'timed' : 'untimed'}`;

function streamLine(stream: string, found: Map<number, number>, from: number, at: number): string {
  const days = [...found.keys()].sort((a, b) => a - b);
  const dated = days.filter((day) => day >= 0);
  const inRange = days.filter((day) => day >= from);
  const recent = inRange.some((day) => day > at - 35);
  const older = recent && inRange.length >= 3 ? [] : dated.filter((day) => day < from);
  return JSON.stringify([
    ...[stream, dated[0] ?? null, dated.at(-1) ?? null],
    ...[inRange, inRange.map((day) => found.get(day)), older],
  ]);
}

function timed(begin: number | null, end: number | null): boolean {
  if (begin === null || end === null || daysOf(begin, end).kind === 'without-a-day') return false;
  return end !== begin && end - begin <= 2 * DAY_SECONDS;
}

function rowsOf(dataDir: string, domain: string): Row[] {
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  try {
    return database
      .prepare<[string], Row>(
        /* sql */ `
        SELECT o.org_name AS orgName, i.source_ip AS sourceIp, n.source_id AS sourceId,
               r.begin_seconds AS begin, r.end_seconds AS end, f.body, f.facet,
               c.message_count AS count
        FROM record AS c
        JOIN report AS r ON r.id = c.report_id AND r.counted = 1
        JOIN policy_domain AS d ON d.id = r.policy_domain_id AND d.name = ?
        JOIN reporter AS o ON o.id = r.reporter_id
        JOIN address AS i ON i.id = c.address_id
        JOIN address_name AS a ON a.policy_domain_id = d.id AND a.address_id = i.id
        JOIN source AS n ON n.id = a.source_id
        JOIN profile AS f ON f.id = c.profile_id
      `,
      )
      .all(domain);
  } finally {
    database.close();
  }
}

function sums<K>() {
  const found = new Map<string, Map<K, number>>();
  return {
    add: (outer: string, key: K, messages: number): void => {
      const inner = found.get(outer) ?? new Map<K, number>();
      found.set(outer, inner.set(key, (inner.get(key) ?? 0) + messages));
    },
    all: () => found,
  };
}

const total = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
