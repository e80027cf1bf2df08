import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { reportFile } from '../imap/report-files.ts';
import { chromium, dovecot, isMissing } from '../parts.ts';
import { type RunningProgram, startRuadmap, temporaryDir } from '../program.ts';
import { axeViolations, LOOKS, openPage, settled, startBrowser } from './browser.ts';

const USER = 'postmaster@example.com';
const PASSWORD = 'a-pass-word-of-the-test';
const REPORTS = 4;

let server: Dovecot;
let work: ReturnType<typeof temporaryDir>;
let program: RunningProgram;
let browser: Browser;

const WHEN_STORED = 'When a report is stored, its mail';

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Address').fill(USER);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Encryption').selectOption('plain');
  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
  await page.getByRole('spinbutton', { name: 'Port' }).fill(String(server.port));
}

/** What axe-core finds, and how much too wide the page is. */
async function faultsHere(page: Page): Promise<string[]> {
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [...(await axeViolations(page)), ...(tooWide > 0 ? [`${tooWide} pixels too wide`] : [])];
}

describe.skipIf([dovecot, chromium].some(isMissing))('what happens to stored reports', () => {
  beforeAll(async () => {
    work = temporaryDir();
    server = await startDovecot({ [USER]: PASSWORD });
    for (let serial = 0; serial < REPORTS; serial++) {
      server.maildir(USER).deliver(REPORT_FORMS.multipart(reportFile(serial)));
      server.maildir(USER).deliver(ordinaryMail(serial));
    }
    program = await startRuadmap(['serve', '--data', path.join(work.dir, 'data')]);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    await server.stop();
    work.remove();
  });

  test('is to leave them, unless chosen; each choice tells what it means', async () => {
    const { page, context } = await openPage(browser, `${program.url}mailboxes/add`);
    const choice = page.getByLabel(WHEN_STORED);
    expect(await choice.inputValue()).toBe('leave');
    for (const [kind, words] of [
      ['leave', 'opens it read-only'],
      ['mark', 'no longer shows as unread'],
      ['move', 'leaves the folder'],
      ['delete', 'cannot be brought back'],
    ] as const) {
      await choice.selectOption(kind);
      await page.getByText(words, { exact: false }).waitFor();
      expect(await faultsHere(page), kind).toEqual([]);
    }
    await context.close();
  });

  test('a folder that is missing is told by the test, and made where that is asked for', async () => {
    const { page, context, complaints } = await openPage(browser, `${program.url}mailboxes/add`);
    await fillIn(page);
    await page.getByLabel(WHEN_STORED).selectOption('move');
    await page.getByLabel('Folder to move it to').fill('Done');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('There is no folder “Done”.', { exact: false }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    await page.getByLabel('Create this folder if it is missing').check();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Signed in:', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Start reading' }).click();
    await page.getByText(`So far ${REPORTS} messages moved.`).waitFor();
    expect(server.maildir(USER).subfolder('Done').contents()).toHaveLength(REPORTS);
    expect(server.maildir(USER).contents()).toHaveLength(REPORTS);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is chosen anew without the password, and told on the card', async () => {
    const { page, context } = await openPage(browser, `${program.url}mailboxes`);
    await page.getByText('What happens to mail whose report is stored').click();
    await page.getByLabel(WHEN_STORED).selectOption('mark');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('marks mail of stored reports as read', { exact: false }).waitFor();
    server.maildir(USER).deliver(REPORT_FORMS.multipart(reportFile(REPORTS)));
    await page.getByText('1 message marked as read', { exact: false }).waitFor();
    await context.close();
  });

  for (const look of LOOKS) {
    test(`is clean in ${look.colorScheme} at ${look.width} pixels`, async () => {
      const { page, context } = await openPage(browser, `${program.url}mailboxes`, look);
      await settled(page);
      await page.getByText('What happens to mail whose report is stored').click();
      for (const kind of ['mark', 'move', 'delete']) {
        await page.getByLabel(WHEN_STORED).selectOption(kind);
        expect(await faultsHere(page)).toEqual([]);
      }
      await context.close();
    });
  }
});
