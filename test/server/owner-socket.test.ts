import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { IngestJob, JobEnd } from '../../server/ingest-messages.ts';
import { handOver, listenForJobs, socketPath } from '../../server/owner-socket.ts';
import { emptyCounts } from '../../server/run-summary.ts';
import { tempDir } from './store/temp-store.ts';

const DONE: JobEnd = { ok: true, counts: emptyCounts(), failures: [] };

/** An owner that does whatever work it gets, and keeps a list of it. */
async function owner() {
  const dataDir = tempDir();
  const done: IngestJob[] = [];
  const server = await listenForJobs(dataDir, (job, onProgress) => {
    done.push(job);
    onProgress({ seen: 1, total: 2, stored: 0 });
    return Promise.resolve(DONE);
  });
  onTestFinished(() => void server.close());
  const say = (line: string): Promise<string> => {
    const socket = connect(socketPath(dataDir));
    socket.write(`${line}\n`);
    return text(socket);
  };
  return { dataDir, done, say };
}

test('a job that is handed over is done, with its progress told', async () => {
  const { dataDir, done } = await owner();
  const job: IngestJob = { kind: 'reparse', reportId: 7 };
  const seen: number[] = [];
  expect(await handOver(dataDir, job, (progress) => seen.push(progress.seen))).toEqual(DONE);
  expect([done, seen]).toEqual([[job], [1]]);
});

test.each([
  'GET / HTTP/1.1',
  '',
  'null',
  '7',
  '[]',
  '{}',
  '{"kind":"vacuum"}',
  '{"kind":"toString"}',
])('what is no job that it knows (%s) is refused in words, and nothing done', async (line) => {
  const { done, say } = await owner();
  expect(JSON.parse(await say(line))).toMatchObject({ kind: 'end', end: { ok: false } });
  expect(done).toEqual([]);
});
