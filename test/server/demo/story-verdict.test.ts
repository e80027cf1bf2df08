import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { defaultLimits } from '../../../ingest/limits.ts';
import { createDocumentReader } from '../../../ingest/read-document.ts';
import { createNaming } from '../../../server/analysis/naming.ts';
import type { Verdict } from '../../../server/analysis/verdict-types.ts';
import { demoReports } from '../../../server/demo/generate.ts';
import { TURNS } from '../../../server/demo/story-days.ts';
import { storyDns } from '../../../server/demo/story-dns.ts';
import { importFound } from '../../../server/import-files.ts';
import type { Insight } from '../../../server/insight/insight.ts';
import { createInsight } from '../../../server/insight/open-insight.ts';
import { openReader, openSettings, openWriter } from '../../../server/store/open.ts';
import type { StoreReader } from '../../../server/store/store.ts';
import { builtTrial } from '../../reading-trial.ts';

const DOMAIN = 'example.org';
const WEB_SERVER = ['139.162.190.0', '2a01:7e01::f03c:91ff:fe00:0'];
const lookupAs = (sourceIp: string) =>
  WEB_SERVER.includes(sourceIp) ? { asn: 63_949, name: 'Linode' } : null;

/** Ends on a Sunday, and just after a 28-day month that ends in the middle of a week. */
describe.each(['2026-11-22', '2027-03-03'])(
  'the verdict over the story that ends on %s',
  (endDay) => {
    const end = Date.parse(`${endDay}T00:00:00Z`) / 86_400_000;
    const nowSeconds = () => (end + 1) * 86_400 + 8 * 3600;
    let dataDir: string;
    let reader: StoreReader;
    let insight: Insight;

    beforeAll(async () => {
      dataDir = mkdtempSync(path.join(tmpdir(), 'ruadmap-'));
      await fillStore(dataDir, endDay, nowSeconds);
      reader = openReader({ dataDir });
      insight = createInsight({ reader, nowSeconds, asName: () => null });
    }, 60_000);
    afterAll(async () => {
      await reader.close();
      rmSync(dataDir, { recursive: true });
    });

    async function verdictAt(daysBeforeEnd: number, offline = false): Promise<Verdict> {
      const verdict = await insight.verdict(DOMAIN, { at: end - daysBeforeEnd, offline });
      if (verdict === null) throw new RangeError('no verdict');
      return verdict;
    }

    test('on the last day it is to advance, with the record, and all gates are met', async () => {
      const { verdict, record, gates, blockers } = await verdictAt(0);
      expect(verdict).toBe('advance');
      expect(record).toMatch(/^v=DMARC1; p=quarantine;.* rua=mailto:postmaster@example\.org$/);
      expect(gates.filter(({ state }) => state !== 'met')).toEqual([]);
      expect(gates.length).toBeGreaterThanOrEqual(7);
      expect(blockers).toEqual([]);
    });

    test('on the last day a small unknown sender is asked about, and blocks nothing', async () => {
      const { questions, unknown, own } = await verdictAt(0);
      expect(questions[0]?.sourceId).toMatch(/#as:agency\.example$/);
      expect(unknown.messages).toBeGreaterThan(0);
      expect(unknown.messages / (own.messages + unknown.messages)).toBeLessThan(0.01);
    });

    test.each([90, 82, 75, 68, 61])(
      '%s days before the end, in the fourth month, it is to stay: the newsletter and the web site block',
      async (daysBeforeEnd) => {
        const { verdict, record, blockers, sentence } = await verdictAt(daysBeforeEnd);
        expect(verdict).toBe('stay');
        expect(record).toBeNull();
        expect(blockers.map(({ source }) => source).sort()).toEqual([
          'as:63949#own',
          'service:mailchimp#none',
        ]);
        for (const { name } of blockers) expect(sentence).toContain(name);
      },
    );

    test('the forged mail stands beside it, and in no class of the own mail', async () => {
      const { unauthorised, own, forwarded, unknown } = await verdictAt(61);
      expect(unauthorised.messages).toBeGreaterThan(2000);
      expect(unauthorised.dmarcAligned).toBe(0);
      expect(own.messages).toBeGreaterThan(4000);
      expect(unknown.messages).toBeGreaterThan(3000);
      expect(forwarded.messages).toBeLessThan(600);
    });

    test('without DNS the fourth month and the last day are judged alike', async () => {
      expect((await verdictAt(75, true)).verdict).toBe('stay');
      const { verdict, record } = await verdictAt(0, true);
      expect(verdict).toBe('advance');
      expect(record).toContain('rua=<keep yours>');
    });

    test('while only the last failures of the web site are in the window, it alone blocks', async () => {
      const { verdict, blockers } = await verdictAt(TURNS.webServerMended - 25);
      expect(verdict).toBe('stay');
      expect(blockers.map(({ source }) => source)).toEqual(['as:63949#own']);
    });

    test('the changes tell of the move on its days', async () => {
      const range = { from: dayText(end - 182), to: dayText(end) };
      const changes = (await insight.changes(DOMAIN, range)) ?? [];
      const on = (daysBeforeEnd: number) =>
        changes.filter(({ day }) => day === end - daysBeforeEnd).map(({ text }) => text);
      expect(on(TURNS.moved).join(' ')).toMatch(/MX.*smtp\.google\.com/);
      expect(on(TURNS.moved).join(' ')).toMatch(/first mail of Google Workspace/);
      expect(on(TURNS.workspaceSigns).join(' ')).toContain('DKIM key google');
      expect(on(TURNS.newsletterSigns).join(' ')).toContain('first mail of Mailchimp, as you');
      const oldServer = changes.find(
        ({ kind, sourceId }) => kind === 'source-last' && sourceId === 'net:46.38.224.0/24#own',
      );
      expect(oldServer?.day).toBeGreaterThan(end - TURNS.moved);
      expect(oldServer?.day).toBeLessThan(end - TURNS.oldServerSilent);
    });
  },
);

async function fillStore(dataDir: string, endDay: string, nowSeconds: () => number) {
  const migrationsDir = path.resolve(import.meta.dirname, '../../../migrations');
  const writer = openWriter({ dataDir, migrationsDir, naming: createNaming(lookupAs) });
  const settings = openSettings({ dataDir });
  for (const snapshot of storyDns(endDay)) await settings.saveDnsSnapshot(snapshot);
  await settings.close();
  const reader = createDocumentReader(defaultLimits);
  const found = [...demoReports(endDay)].map(({ name, bytes }) => ({
    ...{ file: name, ordinal: 0, kind: 'document' as const, bytes, detail: '' },
  }));
  const deps = { writer, reader, trial: builtTrial, limits: defaultLimits, nowSeconds };
  const { stored, duplicates } = await importFound(deps, found, found.length, () => undefined);
  expect([stored, duplicates]).toEqual([found.length - 1, 1]);
  await writer.close();
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
