import type { Connection } from '../connection.ts';
import type { StreamReporterDay } from '../domain-mail.ts';
import { eachPair } from '../reported.ts';
import { createChosenStreams, domainsOf } from './chosen-streams.ts';
import { createLateShares, type LateShare } from './late-shares.ts';
import { createReporters, type Reporter } from './report-facts.ts';

type Row = [streamId: number, day: number, reporters: string];

/** Who told of some streams on which days, in reports that had ended by the end of day `to`. */
export function createStreamReporterDays(
  database: Connection,
): (ids: readonly number[], from: number, to: number) => StreamReporterDay[] {
  const rows = database
    .prepare<[ids: string, from: number, to: number], Row>(
      /* sql */ `
      SELECT s.stream_id, s.day, s.reporters
      FROM json_each(?) AS j
      CROSS JOIN stream_day AS s ON s.stream_id = j.value AND s.day BETWEEN ? AND ?
    `,
    )
    .raw();
  const chosenStreams = createChosenStreams(database);
  const lateShares = createLateShares(database);
  const reportersOf = createReporters(database);

  return (ids, from, to) => {
    const reporters = new Map<number, Reporter>();
    const late = new Map<string, number>();
    for (const domain of domainsOf(chosenStreams(ids))) {
      for (const [id, one] of reportersOf(domain, from, to)) reporters.set(id, one);
      for (const share of lateShares(domain, to)) {
        const key = keyOf(share);
        late.set(key, (late.get(key) ?? 0) + share.messages);
      }
    }
    const found: StreamReporterDay[] = [];
    for (const row of rows.all(JSON.stringify(ids), from, to)) {
      const [streamId, day, text] = row;
      eachPair(text, (reporterId, sum) => {
        const less = late.size === 0 ? 0 : (late.get(keyOf({ streamId, day, reporterId })) ?? 0);
        const reporter = reporters.get(reporterId);
        if (sum === less || reporter === undefined) return;
        const { orgName, email } = reporter;
        found.push({ streamId, orgName, email, day, messages: sum - less });
      });
    }
    return found;
  };
}

const keyOf = ({
  streamId,
  day,
  reporterId,
}: Pick<LateShare, 'streamId' | 'day' | 'reporterId'>): string =>
  `${streamId} ${day} ${reporterId}`;
