import { createHash } from 'node:crypto';
import type { DecidedMessage } from '../../ingest/ledger.ts';
import type { AggregateReport, Profile } from '../../ingest/report.ts';
import {
  createRandom,
  integer,
  pick,
  pickWeighted,
  type Random,
} from '../../server/demo/random.ts';
import type { StoreWriter } from '../../server/store/store.ts';
import { countOf } from '../generate/reports.ts';

const DAY_SECONDS = 86_400;
const REPORTS_AT_ONCE = 250;

export interface VerdictData {
  seed: number;
  domain: string;
  /** Records in sum, over all days. */
  records: number;
  /** Last day, days since 1970. */
  lastDay: number;
  days: number;
  /** Reporters, each with one report a day; a tenth of them carry most of the mail. */
  reporters: number;
}

/** One kind of mail: whose addresses, and what it says about itself. */
interface Sender {
  weight: number;
  addresses: readonly string[];
  profiles: readonly Profile[];
}

/**
 * Fills a store with the mail of one large domain: services that sign for it, its own machines, list
 * servers and forwarders with return paths of their own, and a wave of spoofing from everywhere.
 * The same for the same options. Returns how many records and reports there are.
 */
export async function writeVerdictData(
  writer: StoreWriter,
  options: VerdictData,
): Promise<{ records: number; reports: number }> {
  const random = createRandom(options.seed);
  const senders = sendersOf(random, options.domain);
  const { id: mailboxId } = await writer.ensureFiles();
  let [records, reports] = [0, 0];
  let batch: DecidedMessage[] = [];
  for (let day = options.lastDay - options.days + 1; day <= options.lastDay; day += 1) {
    for (let reporter = 0; reporter < options.reporters; reporter += 1) {
      const rows = recordsOf(options, reporter);
      const report = reportOf(random, options.domain, day, reporter, senders, rows);
      records += report.recordCount;
      batch.push(messageOf(mailboxId, (reports += 1), report));
      if (batch.length < REPORTS_AT_ONCE) continue;
      await writer.commit(batch, (day + 1) * DAY_SECONDS);
      batch = [];
    }
  }
  await writer.commit(batch, (options.lastDay + 1) * DAY_SECONDS);
  return { records, reports };
}

/** The first tenth of the reporters send three quarters of the records. */
function recordsOf({ records, days, reporters }: VerdictData, reporter: number): number {
  const large = Math.max(1, Math.floor(reporters / 10));
  const aDay = records / days;
  const share = reporter < large ? 0.75 / large : 0.25 / (reporters - large);
  return Math.max(1, Math.round(aDay * share));
}

function sendersOf(random: Random, domain: string): Sender[] {
  const services = Array.from({ length: 12 }, (_, service) => ({
    weight: 20 / (service + 1),
    addresses: networkOf(random, 40),
    profiles: serviceProfiles(domain, service),
  }));
  const forwarders = Array.from({ length: 1_500 }, (_, at) => ({
    weight: 12 / 1_500,
    addresses: addressesOf(random, 2),
    profiles: forwarderProfiles(random, domain, at),
  }));
  const spoofing = {
    weight: 20,
    addresses: addressesOf(random, 30_000),
    profiles: [failing(domain, domain), failing(domain, null), failing(`mail.${domain}`, domain)],
  };
  return [...services, ...forwarders, spoofing];
}

/** Signed and aligned, mostly; some with a return path of the service, some that failed. */
function serviceProfiles(domain: string, service: number): Profile[] {
  const own = `bounces.s${service}.${domain}`;
  const theirs = `bounces.service-${service}.example`;
  const froms = [domain, `news.${domain}`];
  return froms.flatMap((headerFrom) => [
    profile(headerFrom, { dkim: true, spf: true, selector: `s${service}`, path: own }, domain),
    profile(headerFrom, { dkim: true, spf: false, selector: `s${service}`, path: theirs }, domain),
    profile(headerFrom, { dkim: true, spf: true, selector: `k${service}`, path: own }, domain),
    profile(headerFrom, { dkim: false, spf: true, selector: `s${service}`, path: own }, domain),
    profile(headerFrom, { dkim: false, spf: false, selector: `s${service}`, path: theirs }, domain),
  ]);
}

function forwarderProfiles(random: Random, domain: string, at: number): Profile[] {
  const path = `forward-${at}.example`;
  return [integer(random, 12), integer(random, 12)].map((service) =>
    profile(domain, { dkim: true, spf: false, selector: `s${service}`, path }, domain),
  );
}

const failing = (headerFrom: string, path: string | null): Profile => ({
  policyEvaluated: { disposition: 'none', dkimAligned: false, spfAligned: false, reasons: [] },
  identifiers: { headerFrom, envelopeFrom: path, envelopeTo: null },
  dkim: [],
  spf: [{ domain: path ?? 'localhost', scope: 'mfrom', result: 'fail', humanResult: null }],
});

function profile(
  headerFrom: string,
  said: { dkim: boolean; spf: boolean; selector: string; path: string },
  domain: string,
): Profile {
  const { dkim, spf, selector, path } = said;
  return {
    policyEvaluated: { disposition: 'none', dkimAligned: dkim, spfAligned: spf, reasons: [] },
    identifiers: { headerFrom, envelopeFrom: path, envelopeTo: null },
    dkim: [{ domain, selector, result: dkim ? 'pass' : 'fail', humanResult: null }],
    spf: [{ domain: path, scope: 'mfrom', result: 'pass', humanResult: null }],
  };
}

const addressesOf = (random: Random, count: number): string[] =>
  Array.from({ length: count }, () => `${anyPrefix(random)}.${octet(random)}`);

/** Neighbours, as the machines of one service are. */
function networkOf(random: Random, count: number): string[] {
  const prefix = anyPrefix(random);
  return Array.from({ length: count }, (_, host) => `${prefix}.${host + 1}`);
}

const octet = (random: Random): number => 1 + integer(random, 254);
const anyPrefix = (random: Random): string =>
  `${11 + integer(random, 88)}.${octet(random)}.${octet(random)}`;

function reportOf(
  random: Random,
  domain: string,
  day: number,
  reporter: number,
  senders: readonly Sender[],
  wanted: number,
): AggregateReport {
  const begin = day * DAY_SECONDS;
  const host = `receiver-${reporter}.example`;
  const places = new Map<Profile, number>();
  const seen = new Set<string>();
  const rows: AggregateReport['rows'] = [];
  // A reporter sums up: an address says the same thing once a report.
  for (let tried = 0; rows.length < wanted && tried < 3 * wanted; tried += 1) {
    const sender = pickWeighted(random, senders);
    const sourceIp = pick(random, sender.addresses);
    const said = pick(random, sender.profiles);
    const profilePlace = places.get(said) ?? places.size;
    if (seen.has(`${sourceIp} ${profilePlace}`)) continue;
    seen.add(`${sourceIp} ${profilePlace}`);
    places.set(said, profilePlace);
    rows.push({ position: rows.length, sourceIp, count: countOf(random), profile: profilePlace });
  }
  return {
    ...{ dialect: 'rfc7489', version: '1.0' },
    metadata: {
      ...{ orgName: host, email: `dmarc@${host}`, extraContactInfo: null },
      reportId: `${day}.${reporter}`,
      dateRange: {
        ...{ begin: String(begin), end: String(begin + DAY_SECONDS - 1) },
        ...{ beginSeconds: begin, endSeconds: begin + DAY_SECONDS - 1 },
      },
      ...{ errors: [], generator: null },
    },
    policyPublished: {
      ...{ domain, p: 'none', sp: null, np: null, adkim: 'relaxed', aspf: 'relaxed', pct: 100 },
      ...{ fo: null, testing: null, discoveryMethod: null },
    },
    profiles: [...places.keys()],
    rows,
    ...{ recordCount: rows.length, refusedRowCount: 0, refusedRows: [], warnings: [] },
  };
}

function messageOf(mailboxId: number, uid: number, report: AggregateReport): DecidedMessage {
  const { reportId, orgName } = report.metadata;
  const { domain } = report.policyPublished;
  const text = `${orgName} ${reportId} ${domain}`;
  const contentSha256 = createHash('sha256').update(text).digest('hex');
  return {
    key: { mailboxId, uidValidity: domain, uid, name: '' },
    ...{ sizeBytes: 0, headerBlock: null },
    documents: [
      {
        ...{ position: 0, part: '2', name: 'report.xml.gz', outcome: 'report' },
        ...{ report, contentSha256 },
        kept: { encoding: 'identity', bytes: Buffer.alloc(0), inflatedBytes: 0 },
      },
    ],
  };
}
