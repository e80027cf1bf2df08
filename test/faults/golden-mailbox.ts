import { createHash } from 'node:crypto';
import type { DocumentOutcome } from '../../ingest/ledger.ts';
import type { AggregateReport } from '../../ingest/report.ts';
import { packReport } from '../../server/demo/packing.ts';
import { createRandom, pick, type Random } from '../../server/demo/random.ts';
import { renderReport } from '../../server/demo/report-xml.ts';
import { addExpected, type Expected, expectedOf, nothingExpected } from '../generate/expected.ts';
import { generateReports } from '../generate/reports.ts';
import { inlineReport, REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';

export interface GoldenOptions {
  seed: number;
  reports: number;
  others: number;
  /** Mails that bring a report again, in another form. */
  repeats: number;
  /** Mails that bring a known report with other numbers in it. */
  conflicts: number;
}

/** Mails, and what a store must hold once every one of them is decided; summed up apart from the product. */
export interface Golden {
  mails: Buffer[];
  /** Which of the mails, by place, carry a report. */
  carriesReport: boolean[];
  outcomes: Record<DocumentOutcome, number>;
  reports: number;
  totals: Expected;
  /** Messages by 'domain day', the day as days since 1970. */
  messagesByDay: Record<string, number>;
  /** SHA-256 of every content whose bytes must be kept. */
  contents: string[];
}

interface Version {
  name: string;
  xml: string;
  packed: Buffer;
  report: AggregateReport;
}

/** Before the clock of every test. */
const LAST_DAY = '2026-01-25';

/** The same for the same options: every form in which reports travel, shuffled among other mail. */
export function goldenMailbox(options: GoldenOptions): Golden {
  const random = createRandom(options.seed);
  const { seed, reports } = options;
  const versions = [...generateReports({ seed, reports, endDay: LAST_DAY })].map(
    (version, place) => (isInline(place) ? onOneLine(version) : version),
  );
  const others = versions.slice(0, options.conflicts).map(withOtherNumbers);
  const carried = [...versions, ...others];
  const again = Array.from({ length: options.repeats }, () => pick(random, carried));
  const reportMails = [...carried, ...again].map((version, place) => mailOf(version, place));
  const otherMails = Array.from({ length: options.others }, (_, index) => ordinaryMail(index));
  const mails = shuffled(random, [
    ...reportMails.map((bytes) => ({ bytes, carries: true })),
    ...otherMails.map((bytes) => ({ bytes, carries: false })),
  ]);
  const counted = versions.map((version, place) => countedOf(version, others[place]));
  return {
    mails: mails.map(({ bytes }) => bytes),
    carriesReport: mails.map(({ carries }) => carries),
    outcomes: {
      stored: versions.length,
      conflict: others.length,
      duplicate: again.length,
      'not-a-report': otherMails.length,
      refused: 0,
    },
    reports: versions.length,
    ...sumsOf(counted),
    contents: carried.map(({ xml }) => sha256(xml)).sort(),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Of two versions of a report, the one with the smaller content hash counts, whichever came first. */
function countedOf(one: Version, other: Version | undefined): Version {
  if (other === undefined) return one;
  return sha256(one.xml) < sha256(other.xml) ? one : other;
}

function withOtherNumbers({ name, report }: Version): Version {
  const rows = report.rows.map((row) => ({ ...row, count: row.count + 3 }));
  const changed = { ...report, rows };
  const xml = renderReport(changed);
  const baseName = name.replace(/\.(?:xml\.gz|zip|xml)$/, '');
  const { name: packedName, bytes } = packReport(baseName, xml, 'gzip');
  return { name: packedName, xml, packed: bytes, report: changed };
}

const FORMS = Object.values(REPORT_FORMS);

const isInline = (place: number): boolean => place % (FORMS.length + 1) === FORMS.length;

/** Every form in turn; the last is the XML as the text of the mail. */
function mailOf({ name, xml, packed }: Version, place: number): Buffer {
  const form = FORMS[place % (FORMS.length + 1)] ?? FORMS[0];
  if (form === undefined) throw new Error('There is no form in which reports travel.');
  return isInline(place) && !xml.includes('\n') ? inlineReport(xml) : form({ name, bytes: packed });
}

/** As the text of a mail its line ends would be those of mail, and its bytes others. */
function onOneLine(version: Version): Version {
  const xml = version.xml.replace(/\n */g, '');
  const { bytes } = packReport(version.name, xml, 'none');
  return { ...version, xml, packed: bytes, name: version.name.replace(/\.[a-z.]+$/, '.xml') };
}

function sumsOf(counted: readonly Version[]): Pick<Golden, 'totals' | 'messagesByDay'> {
  const totals = nothingExpected();
  const messagesByDay: Record<string, number> = {};
  for (const { report } of counted) {
    const expected = expectedOf(report);
    addExpected(totals, expected);
    const day = Math.floor((report.metadata.dateRange.beginSeconds ?? NaN) / 86_400);
    const key = `${report.policyPublished.domain} ${day}`;
    messagesByDay[key] = (messagesByDay[key] ?? 0) + expected.messages;
  }
  return { totals, messagesByDay };
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
