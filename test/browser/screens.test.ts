import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, isMissing } from '../parts.ts';
import { projectDir } from '../program.ts';
import { aReport } from '../server/api/a-report.ts';
import { anAdvance, aVerdict } from '../server/api/insight/a-verdict.ts';
import { listen, startApp } from '../server/api/start-app.ts';
import { faultsOf, LOOKS, openPage, startBrowser } from './browser.ts';

const WEB_DIR = path.join(projectDir, 'dist/web');
const SCREENS = [
  '',
  'domains/example.org?compare=2026-11-05',
  'domains/example.org/sources/service%3Amailchimp%23own',
  'domains/example.org/sources/as%3A64501%23as%3Asister.example',
  'domains/example.org/what-if?p=quarantine&adkim=strict',
  'domains/example.org/dns',
  'domains/example.org/proof',
];

let browser: Browser;

/** The built page over known values, so that every kind of card, mark and finding is on it. */
async function openedApp() {
  const app = await startApp({ webDir: WEB_DIR });
  await app.receive(aReport());
  return { ...app, ...(await listen(app.app)) };
}

describe.skipIf(isMissing(chromium))('the screens about a domain', () => {
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  for (const look of LOOKS) {
    const name = `${look.colorScheme} at ${look.width} pixels`;
    test.each(SCREENS)(`are clean in ${name}: /%s`, async (address) => {
      const { origin } = await openedApp();
      expect(await faultsOf(browser, `${origin}/${address}`, look)).toEqual([]);
    });
  }

  test('what the user says with a button is kept', async () => {
    const { origin, reader } = await openedApp();
    const { page, context } = await openPage(browser, `${origin}/domains/example.org`);
    const question = page.getByRole('group', { name: 'What is it: Example Cloud' }).first();
    const said = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await question.getByRole('button', { name: 'Not mine' }).press('Enter');
    await said;
    expect((await reader.userWords('example.org')).classes).toMatchObject([
      { sourceId: 'as:64501#as:sister.example', class: 'unauthorised' },
    ]);
    await context.close();
  });

  test('a gate is accepted with a name, a reason and a last day', async () => {
    const { origin, reader } = await openedApp();
    const { page, context } = await openPage(browser, `${origin}/domains/example.org`);
    await page.getByRole('button', { name: /^Accept it as it is.*Every sender is known$/ }).click();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Why it is acceptable').fill('A sister firm.');
    const said = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    await said;
    expect((await reader.userWords('example.org')).waivers).toMatchObject([
      { gate: 'classes', by: 'Ada', reason: 'A sister firm.' },
    ]);
    await context.close();
  });

  test('a mark of the chart opens by keyboard, and leads to the mail around its day', async () => {
    const { origin } = await openedApp();
    const { page, context } = await openPage(browser, `${origin}/domains/example.org`);
    await page.getByRole('button', { name: '3 Nov: MX changed' }).press('Enter');
    await page.getByText('MX changed from mail.example.org').first().waitFor();
    await page.getByRole('link', { name: 'Compare before and after', exact: true }).first().click();
    await page.getByText('do not switch the old server off', { exact: false }).waitFor();
    expect(new URL(page.url()).searchParams.get('compare')).toBe('2026-11-03');
    await context.close();
  });

  test('a step that is ready comes first, with its record to copy', async () => {
    const app = await startApp({
      webDir: WEB_DIR,
      insight: {
        verdict: async (domain) =>
          domain === 'example.net' ? anAdvance(domain) : aVerdict(domain, null, false),
      },
    });
    await app.receive(aReport());
    await app.receive(
      aReport({ domain: 'example.net', rows: [{ sourceIp: '192.0.2.7', count: 1 }] }),
    );
    const { origin } = await listen(app.app);
    const { page, context } = await openPage(browser, origin);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    const next = page.getByRole('region', { name: 'Do next' }).getByRole('listitem');
    await next.nth(1).waitFor();
    expect(await next.first().textContent()).toContain('example.net');
    await page.getByRole('button', { name: 'Copy the record' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'v=DMARC1; p=quarantine; rua=mailto:postmaster@example.org',
    );
    await context.close();
  });
});
