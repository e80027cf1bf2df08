import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';

import { type MailForm, reportMail } from './mails.ts';
import { generateReports } from './reports.ts';

const reports = [...generateReports({ seed: 4, reports: 6 })];

describe.each<MailForm>(['multipart', 'bare'])('a %s mail', (form) => {
  test.each(reports)('carries $name unchanged', async (report) => {
    const bytes = reportMail(report, form);
    const mail = await PostalMime.parse(bytes);
    const [attachment, ...others] = mail.attachments;
    expect(others).toEqual([]);
    expect(attachment?.filename).toBe(report.name);
    expect(Buffer.from(attachment?.content as ArrayBuffer).equals(report.packed)).toBe(true);
    expect(mail.subject).toContain(report.report.policyPublished.domain);
    expect(mail.date).toMatch(/^2026-/);
  });

  test('keeps its lines short and ends them with CRLF', () => {
    for (const report of reports) {
      const lines = reportMail(report, form).toString('latin1').split('\r\n');
      expect(lines.every((line) => line.length <= 200 && !line.includes('\n'))).toBe(true);
    }
  });
});

test('a bare mail has no parts: its body is the file', () => {
  const [report] = reports;
  if (report === undefined) throw new Error('no report');
  const text = reportMail(report, 'bare').toString('latin1');
  expect(text).not.toContain('multipart');
  expect(text).toContain(`Content-Type: application/gzip; name="${report.name}"`);
});
