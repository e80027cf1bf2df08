import { defaultLimits } from '../../../ingest/limits.ts';
import { createDocumentReader } from '../../../ingest/read-document.ts';
import type { AggregateReport, Profile } from '../../../ingest/report.ts';
import { demoReports } from '../../../server/demo/generate.ts';

const DAY_SECONDS = 86_400;

/** A record of the story, as the project's own parser reads it from the files. */
export interface StoryRow {
  daysBeforeEnd: number;
  orgName: string;
  sourceIp: string;
  count: number;
  profile: Profile;
}

export interface ReadStory {
  reports: { daysBeforeEnd: number; report: AggregateReport }[];
  rows: StoryRow[];
  /** Sum of counts of the rows that the test holds for. */
  messages: (test: (row: StoryRow) => boolean) => number;
}

/** Reads the files as an import would, a report that is sent twice once. */
export async function readStory(endDay: string): Promise<ReadStory> {
  const reader = createDocumentReader(defaultLimits);
  const endSeconds = Date.parse(`${endDay}T00:00:00Z`) / 1000;
  const byContent = new Map<string, ReadStory['reports'][number]>();
  for (const { name, bytes } of demoReports(endDay)) {
    const place = { position: 0, part: '', name };
    const documents = await reader.readAttachment(bytes, place, endSeconds + 2 * DAY_SECONDS);
    for (const document of documents) {
      if (document.outcome !== 'report') throw new Error(`${name}: ${document.problem.detail}`);
      const { report, contentSha256 } = document;
      byContent.set(contentSha256, { report, daysBeforeEnd: daysFrom(report, endSeconds) });
    }
  }
  const reports = [...byContent.values()];
  const rows = reports.flatMap(rowsOf);
  return {
    reports,
    rows,
    messages: (test) => rows.filter(test).reduce((sum, { count }) => sum + count, 0),
  };
}

/** A day's report belongs to the day of its middle. */
function daysFrom({ metadata }: AggregateReport, endSeconds: number): number {
  const { beginSeconds, endSeconds: reportEnd } = metadata.dateRange;
  if (beginSeconds === null || reportEnd === null) throw new RangeError('a report without a day');
  return Math.floor((endSeconds - (beginSeconds + reportEnd) / 2) / DAY_SECONDS) + 1;
}

function rowsOf({ daysBeforeEnd, report }: ReadStory['reports'][number]): StoryRow[] {
  return report.rows.map(({ sourceIp, count, profile }) => {
    const found = report.profiles[profile];
    if (found === undefined) throw new RangeError(`no profile ${profile}`);
    return { daysBeforeEnd, orgName: report.metadata.orgName, sourceIp, count, profile: found };
  });
}
