import { expect, test } from 'vitest';
import { aReport } from './a-report.ts';
import { listen, startApp } from './start-app.ts';

/** W17, W11: a stranger's document, with a name that would split a header. */
const HOSTILE = '<?xml version="1.0"?><feedback><script>alert(1)</script>\u00e9</feedback>';
const HOSTILE_ID = 'a"\r\nX-Evil: 1\r\n\r\n<script>.html';

test('the XML of a report is a file to save: text, attachment, fixed name, no sniffing', async () => {
  const { ask, receive } = await startApp();
  const [decided] = await receive(aReport({ xml: HOSTILE, reportId: HOSTILE_ID }));
  const id = decided?.reportId ?? 0;
  const answer = await ask(`/api/reports/${id}/xml`, {
    headers: { 'accept-encoding': 'gzip, br' },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toBe(HOSTILE);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="report-${id}.xml"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers).not.toHaveProperty('x-evil');
  expect(answer.headers).not.toHaveProperty('content-encoding');
});

test('a document that was kept as it came is given as it came', async () => {
  const { ask, receive } = await startApp();
  const document = aReport();
  const bytes = Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0x80]);
  if (document.outcome !== 'report') throw new Error('The builder builds reports.');
  document.kept = { encoding: 'identity', bytes, inflatedBytes: bytes.length };
  const [decided] = await receive(document);
  const answer = await ask(`/api/reports/${decided?.reportId ?? 0}/xml`);
  expect(answer.rawPayload).toEqual(bytes);
});

test('a large document is streamed: the server never holds it whole', async () => {
  const { app, receive } = await startApp();
  const mebibyte = `<!--${'x'.repeat(1_048_569)}-->`;
  const [decided] = await receive(aReport({ xml: mebibyte.repeat(64) }));
  const { origin } = await listen(app);
  const before = process.memoryUsage().arrayBuffers;
  const response = await fetch(`${origin}/api/reports/${decided?.reportId ?? 0}/xml`);
  let bytes = 0;
  let highest = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    highest = Math.max(highest, process.memoryUsage().arrayBuffers - before);
  }
  expect(bytes).toBe(64 * 1_048_576);
  expect(highest).toBeLessThan(48 * 1_048_576);
});

test('a report whose bytes were pruned says so', async () => {
  const { ask, receive } = await startApp({
    reader: (reader) => ({ ...reader, keptBytes: async () => null }),
  });
  const [decided] = await receive(aReport());
  const answer = await ask(`/api/reports/${decided?.reportId ?? 0}/xml`);
  expect(answer.statusCode).toBe(410);
  expect(answer.json()).toMatchObject({ code: 'not-kept' });
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers).not.toHaveProperty('content-disposition');
});
