import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, isMissing } from '../parts.ts';
import { type RunningProgram, startRuadmap, temporaryDir } from '../program.ts';
import { faultsOf, LOOKS, openPage, startBrowser } from './browser.ts';

const DOMAIN = 'domains/example.org';
const PAGES = [
  '',
  DOMAIN,
  `${DOMAIN}/what-if`,
  `${DOMAIN}/what-if?p=reject&adkim=strict`,
  `${DOMAIN}/dns`,
  `${DOMAIN}/proof`,
  'reports',
  'reports/1',
  'mailboxes',
  'nowhere',
];

/** A source of each class, in the words of the page's address. */
async function sourcePages(origin: string): Promise<string[]> {
  const answer = await fetch(`${origin}api/${DOMAIN}/sources`);
  const { sources } = (await answer.json()) as { sources: { id: string; class: string }[] };
  const byClass = new Map(sources.map(({ id, class: named }) => [named, id]));
  return [...byClass.values()].map((id) => `${DOMAIN}/sources/${encodeURIComponent(id)}`);
}

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

  test('says what it is, and its mail ends yesterday', async () => {
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

  test('has a verdict in a sentence, its gates, and sources by class', async () => {
    const { page, context } = await openPage(browser, program.url + DOMAIN);
    const verdict = page.locator('.answer h2');
    await verdict.waitFor();
    expect(await verdict.textContent()).toMatch(/p=none/);
    await page.getByText(/^\d+ of \d+ met/).waitFor();
    for (const heading of ['Yours', 'Passed on by others', 'Not yours']) {
      await page.getByRole('heading', { level: 3, name: heading }).first().waitFor();
    }
    await context.close();
  });

  for (const look of LOOKS) {
    const name = `${look.colorScheme} at ${look.width} pixels`;
    test.each(PAGES)(`is clean in ${name}: /%s`, async (address) => {
      expect(await faultsOf(browser, program.url + address, look)).toEqual([]);
    });

    test(`is clean in ${name}: a source of each class`, async () => {
      for (const address of await sourcePages(program.url)) {
        expect(await faultsOf(browser, program.url + address, look), address).toEqual([]);
      }
    });
  }
});
