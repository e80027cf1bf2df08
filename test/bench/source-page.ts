import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createNaming } from '../../server/analysis/naming.ts';
import { openAsData } from '../../server/as-data.ts';
import { openWriter } from '../../server/store/open.ts';
import { atMost, beside, type Figure } from './figure.ts';
import { programEntry, projectDir, withFolder } from './processes.ts';
import { writeVerdictData } from './verdict-data.ts';

const SEED = 5;
const DOMAINS = 10;
const RECORDS_A_DOMAIN = 1_000_000;
const DAYS = 30;
const REPORTERS = 30;
const REQUESTS_A_DOMAIN = 300;
const MOST_MS = 20;
const DAY_SECONDS = 86_400;

/** Ten million records of ten domains: pages of sources, one domain after the other, as a person looks. */
export const benchSourcePage = (): Promise<Figure[]> =>
  withFolder(async (folder) => {
    const dataDir = path.join(folder, 'data');
    const lastDay = Math.floor(Date.now() / 1000 / DAY_SECONDS) - 1;
    const records = await fill(dataDir, lastDay);
    const child = spawn(
      process.execPath,
      [programEntry, 'serve', '--port', '0', '--data', dataDir],
      {
        env: { PATH: process.env['PATH'] ?? '', RUADMAP_RESOLVER: 'off' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      const times = await askAll(child);
      return [
        atMost('source-page', percentile(times, 0.99), 'ms, p99', MOST_MS, SEED),
        beside('source-page-median', percentile(times, 0.5), 'ms', SEED),
        beside('source-page-slowest', Math.max(...times), 'ms', SEED),
        beside('source-page-records', records, 'records', SEED),
        beside('source-page-requests', times.length, 'requests', SEED),
      ];
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

const domainOf = (index: number): string => `domain-${index}.example`;

async function fill(dataDir: string, lastDay: number): Promise<number> {
  const naming = createNaming(openAsData(path.join(projectDir, 'dist/as-data.bin')));
  const writer = openWriter({
    dataDir,
    migrationsDir: path.join(projectDir, 'migrations'),
    naming,
  });
  let records = 0;
  for (let index = 0; index < DOMAINS; index += 1) {
    const written = await writeVerdictData(writer, {
      ...{ seed: SEED + index, domain: domainOf(index), lastDay, days: DAYS },
      ...{ records: RECORDS_A_DOMAIN, reporters: REPORTERS },
    });
    records += written.records;
  }
  await writer.close();
  return records;
}

async function askAll(child: ChildProcess): Promise<number[]> {
  if (child.stdout === null) throw new Error('Nothing can be read of the program.');
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const url = /http:\/\/\S+/.exec(line)?.[0] ?? '';
  const times: number[] = [];
  for (let index = 0; index < DOMAINS; index += 1) {
    const base = `${url}api/domains/${domainOf(index)}/sources`;
    const listed = await fetch(base);
    if (!listed.ok) throw new Error(`${listed.status}: ${await listed.text()}`);
    const { sources } = (await listed.json()) as { sources: { id: string }[] };
    const step = Math.max(1, Math.floor(sources.length / REQUESTS_A_DOMAIN));
    for (let at = 0; at < REQUESTS_A_DOMAIN; at += 1) {
      const { id } = sources[(at * step) % sources.length] ?? { id: '' };
      const startedMs = performance.now();
      const response = await fetch(`${base}/${encodeURIComponent(id)}`);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${id}: ${response.status}`);
      times.push(performance.now() - startedMs);
    }
  }
  return times;
}

function percentile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
