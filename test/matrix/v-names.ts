import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { escapeText } from '../../ingest/text.ts';
import type { ReportResponse } from '../../server/api/contract-reports.ts';
import { toCsv } from '../../web/csv.ts';
import { recordXml } from '../ingest/a-report.ts';
import { makeZip } from '../ingest/make-zip.ts';
import { readReport } from '../ingest/reading.ts';
import { programEntry } from '../program.ts';
import { aReport } from '../server/api/a-report.ts';
import { startApp } from '../server/api/start-app.ts';
import { caseXml, GOOD_DOMAIN, mailWithZip } from './mails.ts';
import type { Fed, MatrixCase, MatrixRow } from './row.ts';
import { FORMULA_PAYLOADS, TERMINAL_PAYLOADS, XSS_PAYLOADS } from './payloads.ts';
import { row, xmlCase } from './xml-case.ts';

const shown = (text: string): string => JSON.stringify(text).slice(0, 80);
const policyFor = (domain: string): string => `<domain>${domain}</domain><p>none</p>`;
const forDomain = (domain: string, expected = 'stored'): MatrixCase =>
  xmlCase(shown(domain), () => caseXml({ policy: policyFor(domain) }), expected);
/** The text wherever a reporter may write one. */
const saying = (text: string) => (): string => {
  const words = escapeText(text);
  return caseXml({
    orgName: words,
    metadata: `<email>${words}</email><extra_contact_info>${words}</extra_contact_info>`,
    records: recordXml({
      evaluated: `<dkim>pass</dkim><spf>fail</spf><reason><type>other</type><comment>${words}</comment></reason>`,
    }),
  });
};

/** Domains and other words of strangers. */
export function nameRows(): MatrixRow[] {
  return [
    row(
      'V09',
      'reports about a domain of somebody else',
      () => [forDomain('elsewhere.example'), forDomain('evil.good.example')],
      { also: expectApart },
    ),
    row(
      'V10',
      'one domain in many spellings, and others that look like it',
      () => [
        ...[
          'B\u00dcCHER.example',
          'b\u00fccher.example.',
          'xn--bcher-kva.example',
          'bu\u0308cher.example',
          'b\u00fc\u00adcher.example',
        ].map((name) => forDomain(name)),
        forDomain('b\u00fc\u0441her.example'),
        forDomain('\u202ereh.example', 'stored domain-invalid'),
        forDomain('&lt;script&gt;', 'stored domain-invalid'),
      ],
      { also: expectDomains },
    ),
    row(
      'V11',
      '60 scripts for names',
      () => XSS_PAYLOADS.map((text) => xmlCase(shown(text), saying(text))),
      {
        also: expectPlainJson,
      },
    ),
    row(
      'V12',
      '60 formulas for names',
      () => FORMULA_PAYLOADS.map((text) => xmlCase(shown(text), saying(text))),
      {
        also: expectNeutralised,
      },
    ),
    {
      ...row('V13', 'names that a terminal obeys', () =>
        TERMINAL_PAYLOADS.map((name) => ({
          attack: shown(name),
          mail: () => mailWithZip(makeZip([{ name, content: caseXml(), flags: 1 }])),
          expected: ['refused encrypted'],
        })),
      ),
      also: expectQuietTerminal,
    },
  ];
}

/** Every domain has its own sums; what is said of one is in no other's. */
async function expectApart({ reader }: Fed): Promise<void> {
  const domains = await reader.domains({ from: null, to: null });
  expect(domains.map(({ domain, reports }) => [domain, reports]).sort()).toEqual([
    ['elsewhere.example', 1],
    ['evil.good.example', 1],
    [GOOD_DOMAIN, 3],
  ]);
}

async function expectDomains({ reader }: Fed): Promise<void> {
  const domains = await reader.domains({ from: null, to: null });
  const reports = new Map(domains.map(({ domain, reports: count }) => [domain, count]));
  expect(reports.get('xn--bcher-kva.example')).toBe(5);
  reports.delete('xn--bcher-kva.example');
  expect([...reports.keys()].filter((name) => /^xn--[a-z0-9-]+\.example$/.test(name))).toHaveLength(
    1,
  );
}

/** By these a text could become markup. */
const MARKUP_SINKS =
  /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write/;
const webDir = path.resolve(import.meta.dirname, '../../web');

/** What the page is given is JSON that no browser takes for a page; and no part of the page takes markup. */
async function expectPlainJson({ reader, rows }: Fed): Promise<void> {
  const parts = readdirSync(webDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  expect(parts.length).toBeGreaterThan(0);
  for (const name of parts) {
    expect(readFileSync(path.join(webDir, name), 'utf8'), name).not.toMatch(MARKUP_SINKS);
  }
  const { ask, receive } = await startApp();
  for (const [index, text] of XSS_PAYLOADS.entries()) {
    const stored = await reader.report(rows[index]?.documents[0]?.reportId ?? 0);
    expect([stored?.orgName, stored?.email, stored?.extraContactInfo]).toEqual([text, text, text]);
  }
  for (const text of XSS_PAYLOADS) {
    const document = aReport({ reportId: text });
    if (document.outcome !== 'report') throw new Error('no report');
    const { metadata } = await readReport(saying(text)());
    const report = { ...document.report, metadata: { ...document.report.metadata, ...metadata } };
    const [decided] = await receive({ ...document, report });
    const answer = await ask(`/api/reports/${decided?.reportId ?? 0}`);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json<ReportResponse>().orgName).toBe(text);
  }
}

async function expectNeutralised({ reader, rows }: Fed): Promise<void> {
  for (const { documents } of rows) {
    const stored = await reader.report(documents[0]?.reportId ?? 0);
    const name = stored?.orgName ?? '';
    expect(name).not.toBe('');
    expect(toCsv(['name'], [[name]]).split('\r\n')[1]).toMatch(/^"'/);
  }
}

/** The command prints a line for each, and nothing that steers. */
function expectQuietTerminal({ mailsDir }: Fed): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'ruadmap-terminal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const args = [programEntry, 'import', mailsDir, '--data', path.join(folder, 'data')];
  const env = { PATH: process.env['PATH'] ?? '', RUADMAP_RESOLVER: 'off' };
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8', env });
  const lines = printed.trimEnd().split('\n');
  expect(lines.filter((line) => line.includes(': encrypted: '))).toHaveLength(
    TERMINAL_PAYLOADS.length,
  );
  expect(lines).toHaveLength(4 + TERMINAL_PAYLOADS.length);
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
}
