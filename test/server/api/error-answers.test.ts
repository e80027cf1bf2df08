import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { StoreProblem, type StoreProblemCode } from '../../../server/store/store-problem.ts';
import { listen, startApp } from './start-app.ts';

/** W13: what a fault says stays in the log. */
test('a fault is an id on the page, and the whole of it in the log', async () => {
  const lines: string[] = [];
  const log = pino(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    }),
  );
  const { ask } = await startApp({
    log,
    reader: (reader) => ({
      ...reader,
      report: () => Promise.reject(new Error('SQLITE_CORRUPT: /var/lib/ruadmap/ruadmap.db')),
    }),
  });
  const answer = await ask('/api/reports/1');
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toMatch(/SQLITE|\/var\/lib|ruadmap\.db|\.ts|at /);
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(answer.body)?.[0] ?? 'no id';
  const logged = lines.filter((line) => line.includes(id)).join('');
  expect(logged).toContain('SQLITE_CORRUPT: /var/lib/ruadmap/ruadmap.db');
});

test('a fault that carries a status of its own does not choose the answer', async () => {
  const fault = Object.assign(new Error('what nobody should read'), {
    statusCode: 418,
    code: 'FST_INSIDE',
  });
  const { ask } = await startApp({
    reader: (reader) => ({ ...reader, report: () => Promise.reject(fault) }),
  });
  const answer = await ask('/api/reports/1');
  expect([answer.statusCode, answer.json()]).toMatchObject([500, { code: 'internal' }]);
  expect(answer.body).not.toContain('nobody');
});

const storeProblems: [code: StoreProblemCode, status: number][] = [
  ['disk-full', 507],
  ['busy', 503],
  ['damaged', 503],
  ['unreadable', 503],
  ['newer-schema', 500],
];
test.each(storeProblems)(
  'a store that says %s is answered with %i, without its paths',
  async (...problem) => {
    const [reason, status] = problem;
    const fault = new StoreProblem({ reason, detail: 'open /var/lib/ruadmap/ruadmap.db' });
    const { ask } = await startApp({
      reader: (reader) => ({ ...reader, mailboxes: () => Promise.reject(fault) }),
    });
    const answer = await ask('/api/mailboxes');
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code: status === 500 ? 'internal' : reason });
    expect(answer.body).not.toContain('/var/lib');
  },
);

test('a successful request leaves no line in the log', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const { ask } = await startApp({ log });
  await ask('/api/health');
  expect(lines).toEqual([]);
});

test('without a built page, the page says how to build it, and the API works', async () => {
  const { app } = await startApp();
  const { origin } = await listen(app);
  const page = await fetch(`${origin}/domains/example.org`);
  expect(page.status).toBe(503);
  expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await page.text()).toContain('npm run build');
  expect((await fetch(`${origin}/api/health`)).status).toBe(200);
});
