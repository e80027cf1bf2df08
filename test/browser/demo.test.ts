import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, isMissing } from '../parts.ts';
import { type RunningProgram, startRuadmap, temporaryDir } from '../program.ts';
import { axeViolations, openPage, startBrowser } from './browser.ts';

const PAGES = ['', 'domains/example.org', 'reports', 'reports/1', 'mailboxes', 'nowhere'];

let work: ReturnType<typeof temporaryDir>;
let program: RunningProgram;
let browser: Browser;

describe.skipIf(isMissing(chromium))('the demonstration', () => {
  beforeAll(async () => {
    work = temporaryDir();
    program = await startRuadmap(['demo', '--data', path.join(work.dir, 'demo')]);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    work.remove();
  });

  test('says what it is, and its month ends yesterday', async () => {
    const { page, context } = await openPage(browser, program.url);
    await page.getByText('these reports are invented', { exact: false }).waitFor();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const answer = await page.evaluate(
      async () =>
        (await (await fetch('/api/domains/example.org/days')).json()) as {
          days: { day: string; tally: { messages: number } | null }[];
        },
    );
    const last = answer.days.at(-1);
    expect(last?.day).toBe(yesterday);
    expect(last?.tally?.messages).toBeGreaterThan(0);
    await context.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      test(`every screen is clean in ${colorScheme} at ${width} pixels`, async () => {
        for (const address of PAGES) {
          const url = program.url + address;
          const { page, context, complaints } = await openPage(browser, url, {
            colorScheme,
            width,
          });
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
          expect(await axeViolations(page), address).toEqual([]);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow, address).toBeLessThanOrEqual(0);
          expect(complaints, address).toEqual([]);
          await context.close();
        }
      });
    }
  }
});
