import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One document of the corpus with what is expected of it; see SOURCES.md beside the manifest. */
export interface ManifestRow {
  file: string;
  member: string;
  kind: 'aggregate' | 'tlsrpt' | 'failure' | 'malformed' | 'other';
  org: string;
  reportId: string;
  domain: string;
  begin: string;
  end: string;
  records: number;
  messages: number;
  dkimAligned: number;
  spfAligned: number;
  dmarcAligned: number;
  /** Raw value to messages. */
  dispositions: Record<string, number>;
  sha256Start: string;
}

export function readManifest(folder: string): ManifestRow[] {
  const [header = '', ...lines] = readFileSync(path.join(folder, 'manifest.tsv'), 'utf8')
    .replace(/\n$/, '')
    .split('\n');
  const names = header.split('\t');
  return lines.map((line) =>
    decodeRow(new Map(line.split('\t').map((v, i) => [names[i] ?? '', v]))),
  );
}

function decodeRow(cells: Map<string, string>): ManifestRow {
  const text = (name: string): string => cells.get(name) ?? '';
  const number = (name: string): number => Number(text(name));
  const dispositions: Record<string, number> = {};
  for (const item of text('dispositions').split(';')) {
    const [value = '', messages = '0'] = item.split('=');
    // Raw values: one reporter writes "None".
    const word = value.toLowerCase();
    if (word !== '') dispositions[word] = (dispositions[word] ?? 0) + Number(messages);
  }
  return {
    file: text('file'),
    member: text('member'),
    kind: text('kind') as ManifestRow['kind'],
    org: text('org'),
    reportId: text('report_id'),
    domain: text('domain'),
    begin: text('begin'),
    end: text('end'),
    records: number('records'),
    messages: number('messages'),
    dkimAligned: number('dkim_pass'),
    spfAligned: number('spf_pass'),
    dmarcAligned: number('dmarc_pass'),
    dispositions,
    sha256Start: text('doc_sha256'),
  };
}

/** The aggregate reports that count: once by identity, of several versions the smaller hash. */
export function countedReports(rows: readonly ManifestRow[]): ManifestRow[] {
  const counted = new Map<string, ManifestRow>();
  for (const row of rows) {
    if (row.kind !== 'aggregate') continue;
    const identity = identityText(row);
    const known = counted.get(identity);
    if (!known || row.sha256Start < known.sha256Start) counted.set(identity, row);
  }
  return [...counted.values()];
}

function identityText({ org, reportId, domain, begin, end, sha256Start }: ManifestRow): string {
  const anonymous = reportId === '' || (org === '' && domain === '');
  const parts = [org, reportId, domain.toLowerCase(), begin, end];
  return JSON.stringify(anonymous ? [...parts, sha256Start] : parts);
}

/** What `ruadmap totals --json` must say of these rows. */
export function expectedTotals(rows: readonly ManifestRow[]) {
  const counted = countedReports(rows);
  const sum = (of: (row: ManifestRow) => number): number =>
    counted.reduce((total, row) => total + of(row), 0);
  return {
    reports: counted.length,
    records: sum((row) => row.records),
    messages: sum((row) => row.messages),
    dmarcAligned: sum((row) => row.dmarcAligned),
    dkimAligned: sum((row) => row.dkimAligned),
    spfAligned: sum((row) => row.spfAligned),
    dispositions: {
      none: sum((row) => row.dispositions['none'] ?? 0),
      quarantine: sum((row) => row.dispositions['quarantine'] ?? 0),
      reject: sum((row) => row.dispositions['reject'] ?? 0),
    },
  };
}
