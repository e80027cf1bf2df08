import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { ReadDocument } from '../../../ingest/document.ts';
import type { AggregateReport, Profile } from '../../../ingest/report.ts';

export interface RowSpec {
  sourceIp: string;
  count: number;
  dkimAligned?: boolean | null;
  spfAligned?: boolean | null;
  /** A return path that passed SPF. */
  spfPassFor?: string;
}

export interface ReportSpec {
  domain?: string;
  orgName?: string;
  reportId?: string;
  /** null: a report that names no usable date. */
  day?: string | null;
  rows?: RowSpec[];
  /** The kept document; made up from the rest where it is not given. */
  xml?: string;
}

/** A report as the reading half hands it to the store: valid, unless a test says otherwise. */
export function aReport(spec: ReportSpec = {}): ReadDocument {
  const { domain = 'example.org', orgName = 'reporter.example', day = '2026-11-20' } = spec;
  const { reportId = `${orgName}-${day ?? 'undated'}-1` } = spec;
  const rows = spec.rows ?? [{ sourceIp: '192.0.2.7', count: 10 }];
  const xml = spec.xml ?? `<feedback><!-- ${domain} ${orgName} ${reportId} --></feedback>`;
  const bytes = Buffer.from(xml);
  return {
    position: 0,
    part: '2',
    name: `${reportId}.xml`,
    outcome: 'report',
    contentSha256: createHash('sha256').update(bytes).digest('hex'),
    kept: {
      encoding: 'deflate-raw',
      bytes: deflateRawSync(bytes),
      inflatedBytes: bytes.length,
    },
    report: aggregateReport(domain, orgName, reportId, day, rows),
  };
}

function aggregateReport(
  domain: string,
  orgName: string,
  reportId: string,
  day: string | null,
  rows: RowSpec[],
): AggregateReport {
  const beginSeconds = day === null ? null : Date.parse(`${day}T00:00:00Z`) / 1000;
  const endSeconds = beginSeconds === null ? null : beginSeconds + 86_399;
  return {
    dialect: 'rfc7489',
    version: '1.0',
    metadata: {
      orgName,
      email: 'dmarc@reporter.example',
      extraContactInfo: null,
      reportId,
      dateRange: {
        begin: String(beginSeconds ?? ''),
        end: String(endSeconds ?? ''),
        beginSeconds,
        endSeconds,
      },
      errors: [],
      generator: null,
    },
    policyPublished: {
      domain,
      ...{ p: 'none', sp: null, np: null, adkim: 'relaxed', aspf: 'relaxed' },
      ...{ pct: 100, fo: null, testing: null, discoveryMethod: null },
    },
    profiles: rows.map((row) => profileOf(domain, row)),
    rows: rows.map(({ sourceIp, count }, index) => ({
      position: index,
      sourceIp,
      count,
      profile: index,
    })),
    recordCount: rows.length,
    refusedRowCount: 0,
    refusedRows: [],
    warnings: day === null ? ['date-unreadable'] : [],
  };
}

function profileOf(domain: string, row: RowSpec): Profile {
  const { dkimAligned = true, spfAligned = false, spfPassFor } = row;
  return {
    policyEvaluated: { disposition: 'none', dkimAligned, spfAligned, reasons: [] },
    identifiers: { headerFrom: domain, envelopeFrom: spfPassFor ?? null, envelopeTo: null },
    dkim: [
      { domain, selector: 's1', result: dkimAligned === true ? 'pass' : 'fail', humanResult: null },
    ],
    spf:
      spfPassFor === undefined
        ? []
        : [{ domain: spfPassFor, scope: 'mfrom', result: 'pass', humanResult: null }],
  };
}
