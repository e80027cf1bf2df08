import type { Connection } from '../connection.ts';
import type { DomainMail, ReporterDay } from '../domain-mail.ts';
import { outcomeOfFacet } from '../../../ingest/outcome.ts';
import { createLateShares, endOf, type LateShare } from './late-shares.ts';
import { createMailStreams } from './mail-streams.ts';
import { createNetworks } from './networks.ts';
import { createReportFacts, type Reporter } from './report-facts.ts';
import { createShapes } from './shapes.ts';

type ReporterDayRow = [
  day: number,
  reporterId: number,
  messages: number,
  dmarcAligned: number | null,
];

/** Everything that the analysis asks of a domain, in one read. */
export function createDomainMailQuery(
  database: Connection,
): (domain: string, from: number, at: number) => DomainMail | null {
  const hasReport = /* sql */ `EXISTS (
    SELECT 1 FROM report AS r INDEXED BY report_by_day
    WHERE r.policy_domain_id = d.id AND r.counted = 1
      AND (r.end_seconds IS NULL OR r.end_seconds <= @end)
  )`;
  const domainId = database
    .prepare<{ domain: string; end: number }, number>(
      `SELECT d.id FROM policy_domain AS d WHERE d.name = @domain AND ${hasReport}`,
    )
    .pluck();
  const domainsBelow = database
    .prepare<{ domain: string; end: number }, string>(
      /* sql */ `
      SELECT d.name FROM policy_domain AS d
      WHERE substr(d.name, -length(@domain) - 1) = '.' || @domain AND ${hasReport}
      ORDER BY d.name
    `,
    )
    .pluck();
  const lateShares = createLateShares(database);
  const mailStreams = createMailStreams(database, createShapes(database));
  const networks = createNetworks(database);
  const reportFacts = createReportFacts(database);
  const reporterDays = createReporterDays(database);

  return (domain, from, at) => {
    const end = endOf(at);
    const id = domainId.get({ domain, end });
    if (id === undefined) return null;
    const late = lateShares(id, at);
    const { reports, reporters } = reportFacts(id, from, at);
    return {
      ...{ domain, at, from, reports },
      streams: mailStreams(id, from, at, networks(id), late),
      reporterDays: reporterDays(id, from, at, reporters, late),
      otherPolicyDomains: domain === '' ? [] : domainsBelow.all({ domain, end }),
    };
  };
}

function createReporterDays(database: Connection) {
  // A facet tells DKIM by its remainder by 3, SPF by the next: 1 is aligned (ingest/outcome.ts).
  const sums = database
    .prepare<[policyDomainId: number, from: number, at: number], ReporterDayRow>(
      /* sql */ `
      SELECT day, reporter_id, sum(messages),
             sum(messages) FILTER (WHERE facet % 3 = 1 OR facet / 3 % 3 = 1)
      FROM reporter_day WHERE policy_domain_id = ? AND day BETWEEN ? AND ?
      GROUP BY day, reporter_id
    `,
    )
    .raw();
  return (
    policyDomainId: number,
    from: number,
    at: number,
    reporters: ReadonlyMap<number, Reporter>,
    lateShares: readonly LateShare[],
  ): ReporterDay[] => {
    const late = lateSums(lateShares);
    const found: ReporterDay[] = [];
    for (const row of sums.all(policyDomainId, from, at)) {
      const [day, reporterId, sum, aligned] = row;
      const less = late.get(`${day} ${reporterId}`);
      const messages = sum - (less?.messages ?? 0);
      const reporter = reporters.get(reporterId);
      if (messages === 0 || reporter === undefined) continue;
      const dmarcAligned = (aligned ?? 0) - (less?.dmarcAligned ?? 0);
      found.push({ orgName: reporter.orgName, email: reporter.email, day, messages, dmarcAligned });
    }
    return found;
  };
}

function lateSums(shares: readonly LateShare[]) {
  const sums = new Map<string, { messages: number; dmarcAligned: number }>();
  for (const { day, reporterId, facet, messages } of shares) {
    const { dkimAligned, spfAligned } = outcomeOfFacet(facet);
    const key = `${day} ${reporterId}`;
    const sum = sums.get(key) ?? { messages: 0, dmarcAligned: 0 };
    sum.messages += messages;
    if (dkimAligned === true || spfAligned === true) sum.dmarcAligned += messages;
    sums.set(key, sum);
  }
  return sums;
}
