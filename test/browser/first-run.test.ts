import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { reportFile } from '../imap/report-files.ts';
import { chromium, dovecot, isMissing } from '../parts.ts';
import { type RunningProgram, startRuadmap, temporaryDir } from '../program.ts';
import { axeViolations, openPage, startBrowser, type WatchedPage } from './browser.ts';

const USER = 'postmaster@example.com';
const PASSWORD = 'a-pass-word-of-the-test';
const REPORTS = 12;

let server: Dovecot;
let work: ReturnType<typeof temporaryDir>;
let program: RunningProgram;
let browser: Browser;
let watched: WatchedPage;

describe.skipIf([dovecot, chromium].some(isMissing))('the first five minutes', () => {
  beforeAll(async () => {
    work = temporaryDir();
    server = await startDovecot({ [USER]: PASSWORD });
    const forms = Object.values(REPORT_FORMS);
    for (let serial = 0; serial < REPORTS; serial++) {
      const form = forms[serial % forms.length];
      if (form) server.maildir(USER).deliver(form(reportFile(serial, serial + 1)));
      server.maildir(USER).deliver(ordinaryMail(serial));
    }
    program = await startRuadmap(['serve', '--data', path.join(work.dir, 'data')]);
    browser = await startBrowser();
    watched = await openPage(browser, program.url);
  });
  afterAll(async () => {
    await browser.close();
    const status = await program.stop();
    await server.stop();
    work.remove();
    expect(status).toBe(0);
  });

  test('a wrong password is told in the words of the server, and nothing is saved', async () => {
    const { page } = watched;
    await page.getByLabel('Address').fill(USER);
    await page.getByLabel('Password').fill('wrong');
    await page.getByLabel('Encryption').selectOption('plain');
    await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
    await page.getByRole('spinbutton', { name: 'Port' }).fill(String(server.port));
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Authentication failed', { exact: false }).first().waitFor();
    expect(await page.getByRole('button', { name: 'Start reading' }).isDisabled()).toBe(true);
  });

  test('a right one counts what looks like reports, and reading starts', async () => {
    const { page } = watched;
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText(`Signed in: ${2 * REPORTS} messages`, { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Start reading' }).click();
    await page.getByRole('link', { name: 'example.com' }).first().waitFor();
  });

  test('the mailbox page counts every message by its outcome', async () => {
    const { page } = watched;
    await page.goto(`${program.url}mailboxes`);
    await page.getByText('up to date', { exact: false }).first().waitFor();
    const answer = await page.evaluate(
      async () => (await (await fetch('/api/mailboxes')).json()) as unknown,
    );
    expect(answer).toMatchObject({
      mailboxes: [{ counts: { messages: 2 * REPORTS, stored: REPORTS, notReport: REPORTS } }],
    });
    expect(await axeViolations(page)).toEqual([]);
  });

  test('the domain page shows the chart and the sources with exact sums', async () => {
    const { page } = watched;
    await page.goto(`${program.url}domains/example.com?from=2026-01-01&to=2026-01-31`);
    await page.locator('canvas').first().waitFor();
    const sum = (REPORTS * (REPORTS + 1)) / 2;
    await page.getByText(`Of ${sum} messages`, { exact: false }).waitFor();
    expect(await page.getByRole('table').first().isVisible()).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
  });

  test('a number leads to a report, and the report to its raw XML', async () => {
    const { page } = watched;
    await page.goto(`${program.url}reports/1`);
    await page.getByRole('button', { name: 'Show raw XML' }).click();
    await page.getByText('<source_ip>', { exact: false }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('no complaint of the browser, no request to another host, no password in the data', () => {
    expect(watched.complaints).toEqual([]);
    expect(program.errors()).toBe('');
  });
});
