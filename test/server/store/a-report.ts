import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { ReadDocument } from '../../../ingest/document.ts';
import type { DecidedMessage, MessageKey } from '../../../ingest/ledger.ts';
import { notAReport, refused } from '../../../ingest/problem.ts';
import type { AggregateReport, Profile, RefusedRow, Warning } from '../../../ingest/report.ts';

export interface WantedProfile {
  dkimAligned?: boolean | null;
  spfAligned?: boolean | null;
  disposition?: Profile['policyEvaluated']['disposition'];
  headerFrom?: string;
  envelopeTo?: string | null;
  /** Domains whose signature passed. */
  dkim?: string[];
  /** Return paths for which SPF passed. */
  spf?: string[];
}

export interface WantedRow extends WantedProfile {
  sourceIp?: string;
  count?: number;
}

export interface WantedReport {
  orgName?: string;
  reportId?: string;
  domain?: string;
  beginSeconds?: number | null;
  endSeconds?: number | null;
  email?: string;
  p?: AggregateReport['policyPublished']['p'];
  rows?: WantedRow[];
  refusedRows?: RefusedRow[];
  warnings?: Warning[];
}

/** 2026-03-01, 00:00 UTC. */
export const MARCH = 1_772_323_200;
export const DAY = 86_400;

export function aProfile(wanted: WantedProfile = {}): Profile {
  const { dkimAligned = true, spfAligned = true, disposition = 'none' } = wanted;
  const { headerFrom = 'example.org', envelopeTo = null, dkim = [], spf = [] } = wanted;
  return {
    policyEvaluated: { disposition, dkimAligned, spfAligned, reasons: [] },
    identifiers: { headerFrom, envelopeFrom: null, envelopeTo },
    dkim: dkim.map((domain) => ({ domain, selector: 's1', result: 'pass', humanResult: null })),
    spf: spf.map((domain) => ({ domain, scope: 'mfrom', result: 'pass', humanResult: null })),
  };
}

/** A valid report of one day with one row of one message, unless wanted otherwise. */
export function aReport(wanted: WantedReport = {}): AggregateReport {
  const { orgName = 'Receiver', reportId = 'r1', domain = 'example.org' } = wanted;
  const { beginSeconds = MARCH, endSeconds = MARCH + DAY - 1, rows = [{}] } = wanted;
  const { email = 'dmarc@receiver.example', p = 'none', refusedRows = [], warnings = [] } = wanted;
  const profiles = new Map<string, number>();
  const made = rows.map(({ sourceIp = '192.0.2.1', count = 1, ...profile }, position) => {
    const body = JSON.stringify(aProfile(profile));
    if (!profiles.has(body)) profiles.set(body, profiles.size);
    return { position, sourceIp, count, profile: profiles.get(body) ?? 0 };
  });
  return {
    dialect: 'rfc7489',
    version: '1.0',
    metadata: {
      orgName,
      email,
      extraContactInfo: null,
      reportId,
      dateRange: {
        begin: String(beginSeconds ?? 'unknown'),
        end: String(endSeconds ?? 'unknown'),
        beginSeconds,
        endSeconds,
      },
      errors: [],
      generator: null,
    },
    policyPublished: {
      ...{ domain, p, sp: null, np: null, adkim: 'relaxed', aspf: null },
      ...{ pct: 100, fo: null, testing: null, discoveryMethod: null },
    },
    profiles: [...profiles.keys()].map((body) => JSON.parse(body) as Profile),
    rows: made,
    recordCount: made.length + refusedRows.length,
    refusedRowCount: refusedRows.length,
    refusedRows,
    warnings,
  };
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A report as a document. Its bytes are what it says, unless `content` stands for other bytes. */
export function aDocument(report: AggregateReport, content = JSON.stringify(report)): ReadDocument {
  return {
    ...{ position: 0, part: '2', name: 'report.xml.gz', outcome: 'report', report },
    contentSha256: sha256(content),
    kept: {
      encoding: 'deflate-raw',
      bytes: deflateRawSync(content),
      inflatedBytes: Buffer.byteLength(content),
    },
  };
}

export function aRefusal(content = 'no report at all'): ReadDocument {
  return {
    ...{ position: 0, part: '2', name: 'broken.zip', outcome: 'refused' },
    problem: refused('truncated', 'The archive ends too early.'),
    contentSha256: sha256(content),
    kept: { encoding: 'identity', bytes: Buffer.from(content), inflatedBytes: content.length },
  };
}

export const ordinaryMail: ReadDocument = {
  ...{ position: 0, part: '', name: '', outcome: 'not-a-report' },
  ...{ problem: notAReport('ordinary-mail', 'No attachment.'), contentSha256: null, kept: null },
};

/** A message of the folder with these documents, at positions in their order. */
export function aMessage(
  key: Partial<MessageKey> & { mailboxId: number; uid: number },
  ...documents: ReadDocument[]
): DecidedMessage {
  return {
    key: { uidValidity: '1', name: '', ...key },
    sizeBytes: 1_000,
    headerBlock: Buffer.from('From: dmarc@receiver.example\r\n'),
    documents: documents.map((document, position) => ({ ...document, position })),
  };
}
