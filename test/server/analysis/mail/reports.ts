import type {
  MailStream,
  ReporterDay,
  ReportFact,
  StreamReporterDay,
} from '../../../../server/store/domain-mail.ts';
import type { Count } from './counts.ts';
import type { Reporter, Story } from './story.ts';

const DAY_SECONDS = 86_400;

/** A count given out to those who report on its day by their shares, to the last message. */
export function toldBy({ row, day, messages }: Count, { reporters }: Story) {
  const present = reporters.filter(
    ({ org, days: [first, last] }) =>
      day >= first && day <= last && (row.reporters?.includes(org) ?? true),
  );
  const total = present.reduce((sum, { share }) => sum + share, 0);
  let shares = 0;
  let given = 0;
  return present
    .map((reporter) => {
      shares += reporter.share;
      const until = Math.round((messages * shares) / total);
      const part = until - given;
      given = until;
      return { reporter, messages: part };
    })
    .filter((told) => told.messages > 0);
}

export function reporterDaysOf(
  told: readonly StreamReporterDay[],
  streams: readonly MailStream[],
): ReporterDay[] {
  const days = new Map<string, ReporterDay>();
  for (const { streamId, orgName, email, day, messages } of told) {
    const key = `${day} ${orgName}`;
    const sum = days.get(key) ?? { orgName, email, day, messages: 0, dmarcAligned: 0 };
    const evaluated = streams[streamId - 1]?.shape.policyEvaluated;
    const aligned = evaluated?.dkimAligned === true || evaluated?.spfAligned === true;
    sum.messages += messages;
    if (aligned) sum.dmarcAligned += messages;
    days.set(key, sum);
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

/** One report a day of each reporter that had anything to tell. */
export function reportsOf(days: readonly ReporterDay[], story: Story): ReportFact[] {
  return days.map(({ orgName, email, day, messages }) => ({
    ...{ orgName, email, messages },
    policyPublished: policyReadBy(orgName, day, story),
    beginSeconds: day * DAY_SECONDS,
    endSeconds: (day + 1) * DAY_SECONDS - 1,
    firstDay: day,
    lastDay: day,
  }));
}

function policyReadBy(orgName: string, day: number, { reporters, policyOn }: Story) {
  const reporter: Reporter | undefined = reporters.find(({ org }) => org === orgName);
  return (reporter?.policyOn ?? policyOn)(day);
}
