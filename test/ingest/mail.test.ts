import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ReadDocument } from '../../ingest/document.ts';
import { defaultLimits, type Limits } from '../../ingest/limits.ts';
import { readMail } from '../../ingest/mail.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { inlineReport, REPORT_FORMS } from '../imap/mails.ts';
import { CANARY, ordinaryMail } from '../imap/ordinary-mails.ts';
import { reportFile, reportXml } from '../imap/report-files.ts';

const NOW_SECONDS = 1_769_904_000;

const read = (raw: Buffer | string, limits: Limits = defaultLimits) =>
  readMail(Buffer.from(raw as string, 'latin1'), limits, createDocumentReader(limits), NOW_SECONDS);

const outcomeOf = (document: ReadDocument): string =>
  document.outcome === 'report' ? 'report' : document.problem.reason;

const outcomes = async (raw: Buffer | string, limits?: Limits): Promise<string[]> =>
  (await read(raw, limits)).documents.map(outcomeOf);

describe('a mail from its bytes', () => {
  test.each(Object.entries(REPORT_FORMS))('a report in the form "%s" is read', async (_, form) => {
    const { headerBlock, documents } = await read(form(reportFile(3, 42)));
    expect(documents.map(outcomeOf)).toEqual(['report']);
    expect(documents[0]).toMatchObject({ position: 0, report: { rows: [{ count: 42 }] } });
    expect(headerBlock?.toString()).toContain('Subject: ');
  });

  test('a report that is the text of the mail is read', async () => {
    expect(await outcomes(inlineReport(reportXml(1)))).toEqual(['report']);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7])('of ordinary mail %i nothing is kept', async (index) => {
    const { headerBlock, documents } = await read(ordinaryMail(index));
    expect(headerBlock).toBeNull();
    expect(documents).toMatchObject([{ outcome: 'not-a-report', name: '', part: '', kept: null }]);
    expect(documents.map(outcomeOf)).toEqual(['ordinary-mail']);
    expect(JSON.stringify(documents)).not.toContain(CANARY);
  });

  test('two reports in one mail are two documents, each with its place', async () => {
    const [first, second] = [reportFile(1), reportFile(2)].map((file) =>
      REPORT_FORMS.multipart(file).toString('latin1'),
    );
    const part =
      /--m1\r\nContent-Type: application[\s\S]*?(?=--m1--)/.exec(second ?? '')?.[0] ?? '';
    const { documents } = await read((first ?? '').replace('--m1--', `${part}--m1--`));
    expect(documents.map(({ position, part: number }) => [position, number])).toEqual([
      [0, '2'],
      [1, '3'],
    ]);
    expect(documents.map(outcomeOf)).toEqual(['report', 'report']);
  });

  test('a good attachment is stored beside one that cannot be decoded, whose bytes are kept', async () => {
    const mail = REPORT_FORMS.multipart(reportFile(1)).toString('latin1');
    const broken =
      '--m1\r\nContent-Type: application/gzip; name="r!e.org!1767225600!1767311999.xml.gz"\r\nContent-Transfer-Encoding: rot13\r\n\r\nuryyb\r\n';
    const { documents } = await read(mail.replace('--m1--', `${broken}--m1--`));
    expect(documents.map(outcomeOf)).toEqual(['report', 'transfer-encoding']);
    expect(documents[1]?.kept?.inflatedBytes).toBe('uryyb'.length);
  });

  test('uuencoded files are refused by name', async () => {
    const mail = `Subject: Report Domain: example.com\r\n\r\nbegin 644 r!example.com!1!2.xml.gz\r\n#0V%T\r\n\`\r\nend\r\n`;
    expect(await outcomes(mail)).toEqual(['unsupported-container']);
  });

  test('attachments beyond the cap are told', async () => {
    const mail = REPORT_FORMS.multipart(reportFile(1)).toString('latin1');
    const part = /--m1\r\nContent-Type: application[\s\S]*?(?=--m1--)/.exec(mail)?.[0] ?? '';
    const many = mail.replace('--m1--', `${part.repeat(11)}--m1--`);
    const seen = await outcomes(many);
    expect(seen).toHaveLength(11);
    expect(seen.at(-1)).toBe('too-many-attachments');
  });

  test.each<[string, () => string, Partial<Limits>, string]>([
    ['above the largest mail', () => 'x'.repeat(2000), { messageBytes: 1000 }, 'oversized'],
    [
      'with too many header bytes',
      () => 'X: y\n'.repeat(1000),
      { headerBytes: 1000 },
      'header-size',
    ],
    [
      'with too many parts',
      () => `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(20)}`,
      { mimeParts: 10 },
      'mime-parts',
    ],
    ['too deep', () => 'Content-Type: message/rfc822\n\n'.repeat(20), {}, 'mime-depth'],
  ])('a mail %s is refused and nothing of it kept', async (_, make, limits, reason) => {
    const { headerBlock, documents } = await read(make(), { ...defaultLimits, ...limits });
    expect(headerBlock).toBeNull();
    expect(documents).toMatchObject([{ outcome: 'refused', problem: { reason }, kept: null }]);
  });

  test('a mail that takes too long is refused, with its bytes kept for later', async () => {
    const endless = { readAttachment: () => new Promise<never>(() => undefined) };
    const limits = { ...defaultLimits, messageSeconds: 0.05 };
    const mail = REPORT_FORMS.bare(reportFile(1));
    const { documents } = await readMail(mail, limits, endless, NOW_SECONDS);
    expect(documents.map(outcomeOf)).toEqual(['timed-out']);
    expect(documents[0]?.kept).not.toBeNull();
  });

  test('a mail cut off in the middle of its report gives no report', async () => {
    const mail = REPORT_FORMS.multipart(reportFile(1));
    const bodyStart = mail.indexOf('H4sI');
    for (let tenth = 1; tenth < 9; tenth += 1) {
      const cut = bodyStart + Math.floor(((mail.length - bodyStart) * tenth) / 10);
      expect(await outcomes(mail.subarray(0, cut))).not.toContain('report');
    }
  });

  test('a mail whose last boundary is missing gives its report', async () => {
    const mail = REPORT_FORMS.multipart(reportFile(1)).toString('latin1');
    expect(await outcomes(mail.replace('--m1--\r\n', ''))).toEqual(['report']);
  });
});

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus');
const findMails = (folder: string): string[] =>
  readdirSync(path.join(corpus, folder))
    .filter((name) => name.endsWith('.eml'))
    .map((name) => path.join(folder, name));

describe.skipIf(!existsSync(corpus))('mails that were really sent', () => {
  test.each<[string, string, string]>([
    ['parsedmarc/aggregate', 'report', 'aggregate reports'],
    ['mox/dmarc-reports', 'report', 'aggregate reports'],
    ['parsedmarc/failure', 'failure-report', 'failure reports'],
    ['parsedmarc/smtp_tls', 'tls-report', 'TLS reports'],
    ['mox/tlsreports', 'tls-report', 'TLS reports'],
    ['tlsrpt-digest', 'tls-report', 'TLS reports'],
  ])('%s: every one is "%s"', async (folder, outcome) => {
    const mails = findMails(folder);
    expect(mails.length).toBeGreaterThan(0);
    for (const mail of mails) {
      expect([mail, await outcomes(readFileSync(path.join(corpus, mail)))]).toEqual([
        mail,
        [outcome],
      ]);
    }
  });
});
