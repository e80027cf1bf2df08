import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateReports } from '../generate/reports.ts';
import { reportXml } from '../ingest/a-report.ts';
import { chromium, isMissing } from '../parts.ts';
import { type RunningProgram, ruadmapJson, startRuadmap, temporaryDir } from '../program.ts';
import { axeViolations, LOOKS, openPage, settled, startBrowser } from './browser.ts';

const GOOD = reportXml({ reportId: 'mended' });
const REPORTS = 5;

let work: ReturnType<typeof temporaryDir>;
let dataDir: string;
let program: RunningProgram;
let browser: Browser;

/** What stands in a file past the program. */
function inFile(...statements: string[]): void {
  const database = new Database(path.join(dataDir, 'ruadmap.db'));
  for (const statement of statements) database.exec(statement);
  database.close();
}

const storeOf = (page: Page) => page.getByRole('region', { name: 'Store' });
const ledgerOf = (page: Page) => page.getByRole('region', { name: 'Ledger' });

async function verifyNow(page: Page): Promise<void> {
  await storeOf(page).getByRole('button', { name: 'Verify now' }).click();
}

/** What axe-core finds, and how much too wide the page is. */
async function faultsHere(page: Page): Promise<string[]> {
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [...(await axeViolations(page)), ...(tooWide > 0 ? [`${tooWide} pixels too wide`] : [])];
}

describe.skipIf(isMissing(chromium))('the store and its ledger on the page', () => {
  beforeAll(async () => {
    work = temporaryDir();
    dataDir = path.join(work.dir, 'data');
    const folder = path.join(work.dir, 'files');
    mkdirSync(folder);
    for (const { name, packed } of generateReports({ seed: 4, reports: REPORTS }))
      writeFileSync(path.join(folder, name), packed);
    writeFileSync(path.join(folder, 'mended.xml'), GOOD.replace('</feedback>', '</feedbacks>'));
    writeFileSync(path.join(folder, 'cut.xml'), GOOD.slice(0, 300));
    await ruadmapJson(['import', folder, '--data', dataDir]);
    // As if an older parser had refused what today's can read.
    const hash = createHash('sha256').update(GOOD).digest('hex');
    inFile(
      `UPDATE kept SET bytes = x'${deflateRawSync(Buffer.from(GOOD)).toString('hex')}',
         inflated_bytes = ${GOOD.length}, content_sha256 = x'${hash}'
       WHERE content_sha256 = (SELECT content_sha256 FROM document WHERE name = 'mended.xml')`,
      `UPDATE document SET content_sha256 = x'${hash}', crc = NULL WHERE name = 'mended.xml'`,
    );
    program = await startRuadmap(['serve', '--data', dataDir]);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    work.remove();
  });

  for (const look of LOOKS) {
    test(`are clean in ${look.colorScheme} at ${look.width} pixels`, async () => {
      const { page, context, complaints } = await openPage(
        browser,
        `${program.url}mailboxes`,
        look,
      );
      await settled(page);
      await storeOf(page).getByText('Never yet.', { exact: false }).waitFor();
      expect(await faultsHere(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    });
  }

  test('a refused file that can be read now is read by a click, and counted', async () => {
    const { page, context } = await openPage(browser, `${program.url}mailboxes?outcome=refused`);
    await ledgerOf(page)
      .getByRole('button', { name: /^Try again.*mended/ })
      .click();
    await ledgerOf(page).getByText('read this time, and counted.', { exact: false }).waitFor();
    await ledgerOf(page)
      .getByRole('button', { name: /^Try again.*mended/ })
      .waitFor({ state: 'detached' });
    await ledgerOf(page)
      .getByRole('button', { name: /^Try again.*cut/ })
      .click();
    await ledgerOf(page).getByText('refused again. The end is missing', { exact: false }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject({
      reports: REPORTS + 1,
    });
    await context.close();
  });

  test('the store is verified by a click, beside all else, and says that all is well', async () => {
    const { page, context } = await openPage(browser, `${program.url}mailboxes`);
    await verifyNow(page);
    await storeOf(page)
      .getByText(`All is as it was read, ${REPORTS + 1} reports compared`, { exact: false })
      .waitFor({ timeout: 30_000 });
    await context.close();
  });

  test('a backup is told of, and how much is kept for how long', async () => {
    const backup = path.join(work.dir, 'backup.db');
    await ruadmapJson(['backup', backup, '--data', dataDir]);
    const { page, context } = await openPage(browser, `${program.url}mailboxes`);
    await storeOf(page).getByText(backup).waitFor();
    await storeOf(page).getByText('XML of reports for 730 days', { exact: false }).waitFor();
    await context.close();
  });

  test('what differs is told with what to do, here and across the top of every page', async () => {
    inFile('UPDATE reporter_day SET messages = messages + 1');
    const { page, context } = await openPage(browser, `${program.url}mailboxes`);
    await verifyNow(page);
    await storeOf(page)
      .getByText('sums by reporter and day differ from the rows', { exact: false })
      .waitFor({ timeout: 30_000 });
    await storeOf(page).getByText('Restore a backup', { exact: false }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    await page.goto(program.url);
    await page.getByText('The store is not as it was read', { exact: false }).waitFor();
    await context.close();
  });
});
