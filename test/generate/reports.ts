import type { AggregateReport, Dialect, Disposition, Profile } from '../../ingest/report.ts';
import { packReport } from '../../server/demo/packing.ts';
import { createRandom, integer, normal, pick, type Random } from '../../server/demo/random.ts';
import { renderReport } from '../../server/demo/report-xml.ts';
import { generateAddresses } from './addresses.ts';
import { type Expected, expectedOf } from './expected.ts';
import { createProfilePool, type PooledProfile } from './profile-pool.ts';

const DAY_SECONDS = 86_400;
/** Records a report: log-normal, median 3, mean about 8.4. */
const RECORDS_MEDIAN = 3;
const RECORDS_SIGMA = 1.43;
const RECORDS_MOST = 450;
const POLICIES: readonly Disposition[] = ['none', 'none', 'quarantine', 'reject'];

export interface ReportOptions {
  seed: number;
  reports: number;
  /** Last day of the reports, 'YYYY-MM-DD', UTC. */
  endDay?: string;
  days?: number;
  /** In the order of their days, as a mailbox gets them; by default every report has any of the days. */
  isInOrder?: boolean;
  domains?: number;
  reporters?: number;
  sources?: number;
  /** Part of the reports that speak RFC 9990. */
  rfc9990Ratio?: number;
}

export interface GeneratedReport {
  /** File name as a reporter would give it. */
  name: string;
  xml: string;
  /** gzip or zip, in turns. */
  packed: Buffer;
  /** What the XML says: reading it must give this value. */
  report: AggregateReport;
  expected: Expected;
}

interface World {
  random: Random;
  endSeconds: number;
  daysBeforeEnd: (serial: number) => number;
  rfc9990Ratio: number;
  reporters: readonly string[];
  domains: readonly { domain: string; p: Disposition; nextProfile: () => PooledProfile }[];
}

/** Reports like those of a mailbox of several domains; the same for the same options. */
export function* generateReports(options: ReportOptions): Generator<GeneratedReport> {
  const world = worldOf(options);
  for (let serial = 0; serial < options.reports; serial += 1) {
    const { host, report } = reportOf(world, serial);
    const { beginSeconds, endSeconds } = report.metadata.dateRange;
    const baseName = `${host}!${report.policyPublished.domain}!${beginSeconds}!${endSeconds}!${serial}`;
    const xml = renderReport(report);
    const { name, bytes } = packReport(baseName, xml, serial % 2 === 0 ? 'gzip' : 'zip');
    yield { name, xml, packed: bytes, report, expected: expectedOf(report) };
  }
}

function worldOf({
  seed,
  reports,
  endDay = '2026-10-31',
  days = 30,
  isInOrder = false,
  domains = 10,
  reporters = 30,
  sources = 400,
  rfc9990Ratio = 0.15,
}: ReportOptions): World {
  const random = createRandom(seed);
  const addresses = generateAddresses(random, sources);
  return {
    random,
    endSeconds: Date.parse(`${endDay}T00:00:00Z`) / 1000,
    daysBeforeEnd: isInOrder
      ? (serial) => days - 1 - Math.floor((serial * days) / reports)
      : () => integer(random, days),
    rfc9990Ratio,
    reporters: numbered('receiver', reporters),
    domains: numbered('domain', domains).map((domain) => {
      const p = pick(random, POLICIES);
      return { domain, p, nextProfile: createProfilePool(random, domain, p, addresses) };
    }),
  };
}

function numbered(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${word}-${i + 1}.example`);
}

function reportOf(world: World, serial: number): { host: string; report: AggregateReport } {
  const { random } = world;
  const host = pick(random, world.reporters);
  const { domain, p, nextProfile } = pick(random, world.domains);
  const dialect: Dialect = random() < world.rfc9990Ratio ? 'rfc9990' : 'rfc7489';
  const begin = world.endSeconds - world.daysBeforeEnd(serial) * DAY_SECONDS;
  const end = begin + DAY_SECONDS - 1;
  const body = rowsOf(random, nextProfile, recordsOf(random));
  const report: AggregateReport = {
    dialect,
    version: '1.0',
    metadata: {
      orgName: `${host} & partners`,
      email: `dmarc@${host}`,
      extraContactInfo: random() < 0.4 ? `https://${host}/dmarc?q=1&r=2` : null,
      reportId: `${serial}.${integer(random, 1e9)}@${host}`,
      dateRange: {
        begin: String(begin),
        end: String(end),
        beginSeconds: begin,
        endSeconds: end,
      },
      errors: [],
      generator: dialect === 'rfc9990' ? 'receiver/2' : null,
    },
    policyPublished: {
      domain,
      p,
      sp: p,
      np: dialect === 'rfc9990' ? p : null,
      adkim: 'relaxed',
      aspf: 'relaxed',
      pct: dialect === 'rfc7489' ? 100 : null,
      fo: '1',
      testing: dialect === 'rfc9990' ? false : null,
      discoveryMethod: dialect === 'rfc9990' ? 'treewalk' : null,
    },
    ...body,
    recordCount: body.rows.length,
    refusedRowCount: 0,
    refusedRows: [],
    warnings: [],
  };
  return { host, report };
}

function recordsOf(random: Random): number {
  const drawn = Math.round(RECORDS_MEDIAN * Math.exp(RECORDS_SIGMA * normal(random)));
  return Math.min(RECORDS_MOST, Math.max(1, drawn));
}

function rowsOf(
  random: Random,
  nextProfile: () => PooledProfile,
  records: number,
): Pick<AggregateReport, 'profiles' | 'rows'> {
  const profiles: Profile[] = [];
  const places = new Map<Profile, number>();
  const rows = Array.from({ length: records }, (_, position) => {
    const { profile, addresses } = nextProfile();
    const place = places.get(profile) ?? profiles.push(profile) - 1;
    places.set(profile, place);
    return {
      position,
      sourceIp: pick(random, addresses),
      count: countOf(random),
      profile: place,
    };
  });
  return { profiles, rows };
}

/** Messages a row: mostly one, sometimes thousands. */
export function countOf(random: Random): number {
  return random() < 0.6 ? 1 : 1 + Math.floor(Math.exp(2.2 * Math.abs(normal(random))));
}
