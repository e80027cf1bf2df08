import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { writeLargeReport } from '../generate/large-report.ts';
import { atMost, beside, type Figure } from './figure.ts';
import { benchEntry, programEntry, withFolder } from './processes.ts';

const SEED = 1;
const RECORDS = 200_000;
const REQUEST_EVERY_MS = 200;
const IDLE_MS = 8_000;
const LONGEST_MS = 120_000;
const MEMORY_BAR_MB = 300;
const DELAY_BAR_MS = 50;

/** One report of 200,000 records, uploaded to a running Ruadmap that is asked for pages meanwhile. */
export const benchBigReport = (): Promise<Figure[]> =>
  withFolder(async (folder) => {
    const file = path.join(folder, 'large.xml.gz');
    const { messages } = await writeLargeReport(file, { seed: SEED, records: RECORDS });
    const delayFile = path.join(folder, 'delay.json');
    const { child, url } = await startServer(path.join(folder, 'data'), delayFile);
    try {
      await pause(3_000);
      await askUntil(url, () => Promise.resolve(false), IDLE_MS);
      const idleMs = await loopDelay(child, delayFile);

      const ingestPid = childrenOf(child.pid ?? 0)[0] ?? 0;
      const startedMs = performance.now();
      await upload(url, file);
      const isStored = async (): Promise<boolean> => (await storedMessages(url)) === messages;
      if (!(await askUntil(url, isStored, LONGEST_MS)))
        throw new Error('It was not stored in time.');
      const seconds = (performance.now() - startedMs) / 1000;
      const busyMs = await loopDelay(child, delayFile);
      return [
        atMost(
          'big-report',
          peakMb(ingestPid),
          'MB peak of the ingest process',
          MEMORY_BAR_MB,
          SEED,
        ),
        atMost('big-report-page-delay', busyMs, 'ms, p99.9', DELAY_BAR_MS, SEED),
        beside('big-report-page-delay-idle', idleMs, 'ms, p99.9', SEED),
        beside('big-report-seconds', seconds, 's from upload to stored', SEED),
        beside('big-report-page-peak', peakMb(child.pid ?? 0), 'MB', SEED),
      ];
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

async function startServer(dataDir: string, delayFile: string) {
  const args = ['--import', benchEntry('loop-delay'), programEntry, 'serve', '--port', '0'];
  const child = spawn(process.execPath, [...args, '--data', dataDir], {
    env: { PATH: process.env['PATH'] ?? '', RUADMAP_RESOLVER: 'off', LOOP_DELAY_FILE: delayFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return { child, url: /http:\/\/\S+/.exec(line)?.[0] ?? '' };
}

/** Five requests a second until it is done, or the time is over. */
async function askUntil(
  url: string,
  isDone: () => Promise<boolean>,
  mostMs: number,
): Promise<boolean> {
  for (const endMs = performance.now() + mostMs; performance.now() < endMs;) {
    await (await fetch(`${url}api/domains`)).arrayBuffer();
    if (await isDone()) return true;
    await pause(REQUEST_EVERY_MS);
  }
  return false;
}

async function storedMessages(url: string): Promise<number> {
  const answer = (await (await fetch(`${url}api/reports`)).json()) as {
    reports: { messages: number }[];
  };
  return answer.reports[0]?.messages ?? 0;
}

async function upload(url: string, file: string): Promise<void> {
  const put = request(`${url}api/imports/large.xml.gz`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': statSync(file).size,
    },
  });
  createReadStream(file).pipe(put);
  const [answer] = (await once(put, 'response')) as [{ statusCode: number; resume(): void }];
  answer.resume();
  if (answer.statusCode !== 202) throw new Error(`The upload was answered ${answer.statusCode}.`);
}

async function loopDelay(child: ChildProcess, file: string): Promise<number> {
  rmSync(file, { force: true });
  child.kill('SIGUSR2');
  while (!existsSync(file)) await pause(20);
  await pause(50);
  return (JSON.parse(readFileSync(file, 'utf8')) as { p999Ms: number }).p999Ms;
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

/** Peak resident memory (VmHWM). */
const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
