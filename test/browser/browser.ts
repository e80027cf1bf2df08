import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium as engine, type Page } from 'playwright-core';
import { chromium } from '../parts.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Chromium without a sandbox of its own (tests may run as root), and without its calls home. */
export const startBrowser = (): Promise<Browser> =>
  engine.launch({
    ...(chromium.path === null ? {} : { executablePath: chromium.path }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  /** Console errors, broken content rules, faults of scripts and requests to other hosts. */
  complaints: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: { colorScheme?: 'light' | 'dark'; width?: number } = {},
): Promise<WatchedPage> {
  const { colorScheme = 'light', width = 1280 } = options;
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const { host } = new URL(request.url());
    if (host !== '' && host !== new URL(url).host) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(url);
  return { page, context, complaints };
}

/** Waits until every part of a page has its numbers, or has said why not. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}

/** Both themes, on a desk and on a phone. */
export const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1280, 390].map((width) => ({ colorScheme, width })),
);

/** What is wrong with a screen: for axe-core, sideways, and for the browser itself. */
export async function faultsOf(
  browser: Browser,
  url: string,
  look: (typeof LOOKS)[number],
): Promise<string[]> {
  const { page, context, complaints } = await openPage(browser, url, look);
  await settled(page);
  const violations = await axeViolations(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await context.close();
  return [
    ...violations,
    ...complaints,
    ...(overflow > 0 ? [`${overflow} pixels wider than the window`] : []),
  ];
}

/** What axe-core finds wrong on a page, in short. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Over the debugger's channel: a script tag would break the page's content rules.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe;
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}
