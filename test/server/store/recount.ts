import path from 'node:path';
import Database from 'better-sqlite3';
import { isAlignedFacet } from '../../../ingest/outcome.ts';
import { shapeOf } from '../../../ingest/shape.ts';
import { daysOf, shareOut, WITHOUT_A_DAY } from '../../../server/store/days.ts';
import { profileBody, profileOfBody } from '../../../server/store/profile-body.ts';
import type { AddressFacts } from '../../../server/store/source-naming.ts';
import type { ServiceSign, SourceNaming } from '../../../server/store/store.ts';

interface Row {
  domain: string;
  orgName: string;
  sourceIp: string;
  begin: number | null;
  end: number | null;
  body: string;
  facet: number;
  count: number;
}

type CountedSign = ServiceSign & { messages: number };
type SignRow = [
  domain: string,
  ip: string,
  service: string,
  by: ServiceSign['by'],
  messages: number,
];

const ROWS = /* sql */ `
  SELECT d.name AS domain, o.org_name AS orgName, i.source_ip AS sourceIp,
         r.begin_seconds AS begin, r.end_seconds AS end, f.body, f.facet, c.message_count AS count
  FROM record AS c
  JOIN report AS r ON r.id = c.report_id AND r.counted = 1
  JOIN policy_domain AS d ON d.id = r.policy_domain_id
  JOIN reporter AS o ON o.id = r.reporter_id
  JOIN address AS i ON i.id = c.address_id
  JOIN profile AS f ON f.id = c.profile_id`;

export type FactsOf = (domain: string, sourceIp: string) => AddressFacts;

/** As long as DNS was never asked. */
export const noFacts: FactsOf = (policyDomain) => ({
  ...{ policyDomain, spf: null, ownHost: false, pointer: null },
});

/** All roll-ups made again, slowly, from the rows of counted reports: in the shape of `contentsOf`. */
export function recount(
  dataDir: string,
  naming: SourceNaming,
  factsOf: FactsOf = noFacts,
): Record<string, string[]> {
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  const rows = database.prepare<[], Row>(ROWS).all();
  database.close();
  const signs = sums();
  for (const { domain, sourceIp, body, count } of rows) {
    for (const { service, by } of naming.signsOf(profileOfBody(body))) {
      signs.add([domain, sourceIp, service, by], count);
    }
  }
  const found = byAddress(signs.rows());
  const sourceOf = (domain: string, ip: string): string =>
    naming.nameOf(ip, found.get(`${domain} ${ip}`) ?? [], factsOf(domain, ip)).id;
  const [addressDay, streamDay, streamReporterDay, reporterDay] = [sums(), sums(), sums(), sums()];
  const unaligned = sums();
  for (const { domain, orgName, sourceIp, begin, end, body, facet, count } of rows) {
    const shape = profileBody(shapeOf(profileOfBody(body)));
    const timed = isTimed(begin, end) ? 1 : 0;
    const stream = [domain, sourceOf(domain, sourceIp), shape, timed];
    for (const [day, share] of sharesOf(begin, end, count)) {
      addressDay.add([domain, sourceIp, day, shape, timed, orgName], share);
      streamDay.add([...stream, day], share);
      streamReporterDay.add([...stream, day, orgName], share);
      reporterDay.add([domain, day, orgName, facet], share);
      if (!isAlignedFacet(facet)) unaligned.add([...stream, sourceIp, day], share);
    }
  }
  return {
    address_sign: signs.rows(),
    address_day: addressDay.rows(),
    stream_day: streamDay.rows(),
    stream_reporter_day: streamReporterDay.rows(),
    unaligned_address: unaligned.rows(),
    reporter_day: reporterDay.rows(),
  };
}

/** Tells a time: of 1 second to 48 hours, and on a day. */
function isTimed(begin: number | null, end: number | null): boolean {
  if (begin === null || end === null || daysOf(begin, end).kind === 'without-a-day') return false;
  return end - begin >= 1 && end - begin <= 48 * 3_600;
}

/** The sums of signs of each address of each domain, from rows in the shape of `address_sign`. */
function byAddress(rows: readonly string[]): Map<string, CountedSign[]> {
  const found = new Map<string, CountedSign[]>();
  for (const row of rows) {
    const [domain, sourceIp, service, by, messages] = JSON.parse(row) as SignRow;
    const key = `${domain} ${sourceIp}`;
    found.set(key, [...(found.get(key) ?? []), { service, by, messages }]);
  }
  return found;
}

function sharesOf(begin: number | null, end: number | null, count: number): [number, number][] {
  const days = daysOf(begin, end);
  switch (days.kind) {
    case 'without-a-day':
      return [[WITHOUT_A_DAY, count]];
    case 'whole':
      return [[days.day, count]];
    case 'spread':
      return shareOut(count, days.secondsByDay).map((share, day) => [days.firstDay + day, share]);
  }
}

function sums() {
  const found = new Map<string, number>();
  return {
    add: (key: (string | number)[], messages: number): void => {
      if (messages === 0) return;
      const text = JSON.stringify(key);
      found.set(text, (found.get(text) ?? 0) + messages);
    },
    rows: (): string[] =>
      [...found]
        .map(([key, messages]) => JSON.stringify([...(JSON.parse(key) as unknown[]), messages]))
        .sort(),
  };
}
