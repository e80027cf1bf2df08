import type { AggregateReport, Profile, ReportRow } from '../../ingest/report.ts';
import { packReport } from './packing.ts';
import { countAround, createRandom, integer, pick, pickWeighted, type Random } from './random.ts';
import { renderReport } from './report-xml.ts';
import { type Reporter, REPORTERS } from './reporters.ts';
import { SENDERS } from './story.ts';
import { type StoryDay, storyDays } from './story-days.ts';
import { DEMO_DOMAIN, DEMO_POLICY } from './story-mail.ts';

const DAY_SECONDS = 86_400;
const SATURDAY = 6;
/** The report that is sent twice, as happens; it counts once. */
const REPEATED = { orgName: 'google.com', daysBeforeEnd: 5 };

/** A report as attached to a mail: `name` is the file name, `bytes` its packed content. */
export interface DemoFile {
  name: string;
  bytes: Buffer;
}

/**
 * The reports of six months of mail of one domain that end at `endDay` ('YYYY-MM-DD', UTC): the same
 * bytes for the same day. The story is in story.ts.
 */
export function* demoReports(endDay: string): Iterable<DemoFile> {
  for (const { reporter, day, report } of demoDocuments(endDay)) {
    const { beginSeconds, endSeconds } = report.metadata.dateRange;
    const baseName = `${reporter.host}!${DEMO_DOMAIN}!${beginSeconds}!${endSeconds}`;
    const file = packReport(baseName, renderReport(report), reporter.packing);
    yield file;
    if (isRepeated(reporter, day)) yield { ...file, name: `copy-${file.name}` };
  }
}

/** The same reports as values, each once. */
export function* demoDocuments(
  endDay: string,
): Iterable<{ reporter: Reporter; day: StoryDay; report: AggregateReport }> {
  const days = storyDays(endDay);
  const silent = silentDay(days);
  for (const day of days) {
    if (day === silent) continue;
    for (const [place, reporter] of REPORTERS.entries()) {
      if (isSilent(reporter, day)) continue;
      const random = createRandom(day.daysBeforeEnd * 100 + place);
      const report = reportOf(reporter, day, random);
      if (report.rows.length > 0) yield { reporter, day, report };
    }
  }
}

function isRepeated(reporter: Reporter, day: StoryDay): boolean {
  return reporter.orgName === REPEATED.orgName && day.daysBeforeEnd === REPEATED.daysBeforeEnd;
}

/** A Saturday of which no report came from anyone: a gap is not a day without mail. */
function silentDay(days: readonly StoryDay[]): StoryDay | undefined {
  return days.find(({ weekday, daysBeforeEnd }) => weekday === SATURDAY && daysBeforeEnd < 20);
}

function isSilent({ silent }: Reporter, { daysBeforeEnd }: StoryDay): boolean {
  return silent !== null && daysBeforeEnd <= silent.from && daysBeforeEnd >= silent.to;
}

function reportOf(reporter: Reporter, day: StoryDay, random: Random): AggregateReport {
  const { profiles, rows } = rowsOf(reporter, day, random);
  const begin = day.startSeconds + reporter.dayOffsetSeconds;
  const end = begin + DAY_SECONDS - (reporter.endsAtMidnight ? 0 : 1);
  const isNew = reporter.dialect === 'rfc9990';
  return {
    dialect: reporter.dialect,
    version: '1.0',
    metadata: {
      orgName: reporter.orgName,
      email: reporter.email,
      extraContactInfo: reporter.contact,
      reportId: reportId(random),
      dateRange: {
        begin: String(begin),
        end: String(end),
        beginSeconds: begin,
        endSeconds: end,
      },
      errors: [],
      generator: reporter.generator,
    },
    policyPublished: isNew
      ? { ...DEMO_POLICY, pct: null, testing: false, discoveryMethod: 'treewalk' }
      : DEMO_POLICY,
    profiles,
    rows,
    recordCount: rows.length,
    refusedRowCount: 0,
    refusedRows: [],
    warnings: [],
  };
}

function rowsOf(
  reporter: Reporter,
  day: StoryDay,
  random: Random,
): { profiles: Profile[]; rows: ReportRow[] } {
  const profiles: Profile[] = [];
  const places = new Map<Profile, number>();
  const rows = new Map<string, ReportRow>();
  for (const sender of SENDERS) {
    const choices = sender.profilesOn(day);
    const messages = countAround(random, sender.messagesOn(day) * reporter.share);
    for (let i = 0; i < messages; i += 1) {
      const { profile } = pickWeighted(random, choices);
      const sourceIp = pick(random, sender.addresses);
      const place = places.get(profile) ?? profiles.push(asToldBy(reporter, profile)) - 1;
      places.set(profile, place);
      const key = `${sourceIp} ${place}`;
      const row = rows.get(key) ?? { position: rows.size, sourceIp, count: 0, profile: place };
      row.count += 1;
      rows.set(key, row);
    }
  }
  return { profiles, rows: [...rows.values()] };
}

/** Reporters tell more or less of what they saw, and RFC 9990 has a disposition for what passed. */
function asToldBy(reporter: Reporter, profile: Profile): Profile {
  const { policyEvaluated, identifiers } = profile;
  const passed = policyEvaluated.dkimAligned === true || policyEvaluated.spfAligned === true;
  const disposition = reporter.dialect === 'rfc9990' && passed ? 'pass' : 'none';
  return {
    ...profile,
    policyEvaluated: { ...policyEvaluated, disposition },
    identifiers: {
      ...identifiers,
      envelopeFrom: reporter.tellsReturnPath ? identifiers.envelopeFrom : null,
      envelopeTo: reporter.envelopeTo,
    },
    spf: profile.spf.map((check) => ({
      ...check,
      scope: reporter.tellsReturnPath ? check.scope : null,
    })),
  };
}

function reportId(random: Random): string {
  return Array.from({ length: 16 }, () => integer(random, 16).toString(16)).join('');
}
