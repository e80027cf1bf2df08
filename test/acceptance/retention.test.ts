import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateReports } from '../generate/reports.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import {
  type RunningProgram,
  ruadmap,
  ruadmapJson,
  startRuadmap,
  temporaryDir,
} from '../program.ts';
import { aDayOfRuadmap, countIn, inStore, olderBy } from './aged-store.ts';

const DAY = 86_400;
const REPORTS = 20;

interface Sums {
  reports: number;
  records: number;
  messages: number;
}

let work: ReturnType<typeof temporaryDir>;
let dataDir: string;
let running: RunningProgram | null;

beforeEach(() => {
  work = temporaryDir();
  dataDir = path.join(work.dir, 'data');
  running = null;
});
afterEach(async () => {
  await running?.stop();
  work.remove();
});

/** Generated reports, a mail that is none, and a file that cannot be read. */
function mails(): string {
  const folder = path.join(work.dir, 'mails');
  mkdirSync(folder, { recursive: true });
  for (const { name, packed } of generateReports({ seed: 5, reports: REPORTS }))
    writeFileSync(path.join(folder, name), packed);
  writeFileSync(path.join(folder, 'ordinary.eml'), ordinaryMail(1));
  writeFileSync(path.join(folder, 'cut.xml'), '<feedback><report_metadata>');
  return folder;
}

const totals = () => ruadmapJson<Sums>(['totals', '--data', dataDir]);
const verified = () =>
  ruadmapJson<{ ok: boolean; reports: number; withoutBytes: number; forgotten: number }>([
    ...['verify', '--data', dataDir],
  ]);

const count = (table: string): number => countIn(dataDir, table);

describe('what is kept by age', () => {
  test('goes once a day from a running Ruadmap, and no sum changes; verify and reparse say so', async () => {
    await ruadmapJson(['import', mails(), '--data', dataDir]);
    const before = await totals();
    olderBy(dataDir, 100);
    const seen = { messages: REPORTS + 2, stored: REPORTS, notReport: 1, refused: 1 };
    expect(await aDayOfRuadmap(dataDir)).toMatchObject({ ...seen, letGo: 1 });
    expect([count('kept'), count('message')]).toEqual([REPORTS + 1, REPORTS + 1]);
    olderBy(dataDir, 200);
    await aDayOfRuadmap(dataDir);
    expect([count('kept'), count('kept_refused')]).toEqual([REPORTS, 0]);
    olderBy(dataDir, 800);
    await aDayOfRuadmap(dataDir, '--keep-xml-days', 'forever');
    expect(count('kept')).toBe(REPORTS);
    olderBy(dataDir, 800);
    expect(await aDayOfRuadmap(dataDir)).toMatchObject({ ...seen, letGo: 1 });
    expect([count('kept'), count('message')]).toEqual([0, REPORTS + 1]);

    expect(await totals()).toEqual(before);
    expect(await verified()).toMatchObject({ ok: true, reports: REPORTS, withoutBytes: REPORTS });
    expect(await ruadmapJson(['reparse', '--data', dataDir])).toMatchObject({
      ...{ reports: REPORTS, withoutBytes: REPORTS, changed: [], refused: [] },
    });
    const { stdout } = await ruadmap(['retry', '--data', dataDir]);
    expect(stdout).toContain('nothing of it was kept: import the file again');
    const again = await ruadmapJson<Record<string, number>>(['import', mails(), '--data', dataDir]);
    expect(again).toMatchObject({ stored: 0, conflicts: 0, duplicates: REPORTS });
    expect(await totals()).toEqual(before);
  });
});

describe('ruadmap forget', () => {
  const forget = (...args: string[]) =>
    ruadmapJson<Sums & { forgotten: boolean }>(['forget', '--data', dataDir, ...args]);

  test('says first what it would remove, and removes it only with --yes, for good', async () => {
    await ruadmapJson(['import', mails(), '--data', dataDir]);
    const before = await totals();
    const days = inStore(dataDir, (database) =>
      database
        .prepare('SELECT last_day FROM report WHERE last_day IS NOT NULL ORDER BY 1')
        .pluck()
        .all(),
    ).map(Number);
    const middle = new Date((days[days.length >> 1] ?? 0) * DAY * 1000).toISOString().slice(0, 10);
    const would = await forget('--before', middle);
    expect(would.forgotten).toBe(false);
    expect(would.reports).toBeGreaterThan(0);
    expect(await totals()).toEqual(before);

    const { forgotten, reports, records, messages } = await forget('--before', middle, '--yes');
    expect({ forgotten, reports, records, messages }).toEqual({
      ...{ forgotten: true, reports: would.reports },
      ...{ records: would.records, messages: would.messages },
    });
    const after = await totals();
    expect(after).toMatchObject({
      reports: before.reports - reports,
      records: before.records - records,
      messages: before.messages - messages,
    });
    expect(await verified()).toMatchObject({
      ok: true,
      reports: after.reports,
      forgotten: reports,
    });
    expect(await ruadmapJson(['reparse', '--data', dataDir])).toMatchObject({
      ...{ reports: after.reports, changed: [] },
    });
    const again = await ruadmapJson<Record<string, number>>(['import', mails(), '--data', dataDir]);
    expect(again).toMatchObject({ stored: 0, conflicts: 0, duplicates: REPORTS });
    expect(await totals()).toEqual(after);
  });

  test('is handed to a running Ruadmap, whose page then knows the report as forgotten', async () => {
    await ruadmapJson(['import', mails(), '--data', dataDir]);
    running = await startRuadmap(['serve', '--data', dataDir]);
    expect(await forget('--before', '2100-01-01', '--yes')).toMatchObject({ reports: REPORTS });
    expect(await totals()).toMatchObject({ reports: 0, messages: 0 });
    const report = (await (await fetch(`${running.url}api/reports/1`)).json()) as object;
    expect(report).toMatchObject({
      counted: false,
      forgottenSeconds: expect.any(Number) as number,
    });
    expect((await fetch(`${running.url}api/reports/1/xml`)).status).toBe(410);
  });

  test('without a day, with an impossible one, or of an unknown domain is wrong usage', async () => {
    const status = async (...args: string[]): Promise<number> =>
      (await ruadmap(['forget', '--data', dataDir, ...args])).status;
    expect(await status()).toBe(64);
    expect(await status('--before', '2026-13-01')).toBe(64);
    expect(await status('--before', '2026-01-01', '--domain', 'unknown.example')).toBe(64);
  });
});
