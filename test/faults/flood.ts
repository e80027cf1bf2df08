import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { createRandom, integer, type Random } from '../../server/demo/random.ts';
import {
  addTold,
  isOneLine,
  type ToldReport,
  toldReport,
  type ToldSums,
} from '../generate/told-reports.ts';
import { inlineReport, REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { makeZip } from '../ingest/make-zip.ts';

export interface FloodOptions {
  seed: number;
  /** Mails that bring a report that no other mail before brought. */
  reports: number;
  /** Mails that are none, and some whose report is cut off. */
  others: number;
  /** Mails that bring a report again, and other versions of reports. */
  again: number;
}

/** What must become of a mail, as far as it does not depend on which came first. */
export interface ToldMail {
  kind: 'report' | 'broken' | 'ordinary';
  /** Of the document that it brings, in hex; null for an ordinary mail. */
  sha256: string | null;
}

/** What a store must hold once every mail is decided. */
export interface FloodTruth {
  reports: number;
  conflicts: number;
  repeats: number;
  broken: number;
  ordinary: number;
  sums: ToldSums;
  /** How many contents are kept. */
  contents: number;
}

/** One mail, made when it is asked for. */
interface Planned {
  kind: ToldMail['kind'];
  serial: number;
  version: number;
}

/** Of the mails that bring something again so many are other versions. */
const CONFLICTS_OF_AGAIN = 0.3;
const BROKEN_OF_OTHERS = 1 / 30;

/** Hands over every mail, in random order; nothing of them is held. */
export function floodMails(
  options: FloodOptions,
  deliver: (mail: Buffer, told: ToldMail, place: number) => void,
): FloodTruth {
  const { seed, reports, again, others } = options;
  const random = createRandom(seed);
  const conflicts = Math.floor(again * CONFLICTS_OF_AGAIN);
  const broken = Math.floor(others * BROKEN_OF_OTHERS);
  const one = (kind: ToldMail['kind'], serial: number, version = 0): Planned => ({
    ...{ kind, serial, version },
  });
  const carried = [
    ...range(reports).map((n) => one('report', n)),
    ...range(conflicts).map((n) => one('report', n, 1)),
  ];
  const plan = [
    ...carried,
    ...range(again - conflicts).map(
      () => carried[integer(random, carried.length)] ?? one('report', 0),
    ),
    ...range(broken).map((n) => one('broken', reports + n)),
    ...range(others - broken).map((n) => one('ordinary', n)),
  ];
  shuffle(random, plan);
  plan.forEach((planned, place) => {
    const { mail, sha256 } = makeMail(seed, planned, place);
    deliver(mail, { kind: planned.kind, sha256 }, place);
  });
  const counts = { reports, conflicts, repeats: again - conflicts, broken };
  const contents = reports + conflicts + broken;
  return { ...counts, ordinary: others - broken, contents, sums: sumsOf(seed, reports, conflicts) };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

function shuffle(random: Random, plan: Planned[]): void {
  for (let last = plan.length - 1; last > 0; last -= 1) {
    const other = integer(random, last + 1);
    const [one, two] = [plan[last], plan[other]];
    if (one !== undefined && two !== undefined) [plan[last], plan[other]] = [two, one];
  }
}

/** Of two versions of a report, the one with the smaller hash counts, whichever came first. */
function sumsOf(seed: number, reports: number, conflicts: number): ToldSums {
  const sums: ToldSums = new Map();
  for (let serial = 0; serial < reports; serial += 1) {
    const first = toldReport(seed, serial);
    const second = serial < conflicts ? toldReport(seed, serial, 1) : first;
    addTold(sums, second.sha256 < first.sha256 ? second : first);
  }
  return sums;
}

const FORMS = Object.values(REPORT_FORMS);

function makeMail(
  seed: number,
  { kind, serial, version }: Planned,
  place: number,
): { mail: Buffer; sha256: string | null } {
  if (kind === 'ordinary') return { mail: ordinaryMail(serial), sha256: null };
  const report = toldReport(seed, serial, version);
  if (kind === 'report' && isOneLine(serial) && place % 3 === 0) {
    return { mail: inlineReport(report.xml), sha256: report.sha256 };
  }
  const whole = kind === 'report' ? report : cutOff(report);
  const form = FORMS[place % FORMS.length] ?? FORMS[0];
  if (form === undefined) throw new Error('There is no form in which reports travel.');
  return { mail: form(packed(whole, place)), sha256: whole.sha256 };
}

/** A report of which the end is missing, in a packing that is whole. */
function cutOff({ xml, ...report }: ToldReport): ToldReport {
  const start = xml.slice(0, Math.floor(xml.length * 0.7));
  return { ...report, xml: start, sha256: createHash('sha256').update(start).digest('hex') };
}

function packed(report: ToldReport, place: number): { name: string; bytes: Buffer } {
  const { domain, day, xml } = report;
  const name = `receiver.example!${domain}!${day * 86_400}!${day * 86_400 + 86_399}`;
  return place % 2 === 0
    ? { name: `${name}.xml.gz`, bytes: gzipSync(xml) }
    : { name: `${name}.zip`, bytes: makeZip([{ name: `${name}.xml`, content: xml }]) };
}
