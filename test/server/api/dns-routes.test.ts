import { expect, test } from 'vitest';
import type { DnsResponse } from '../../../server/api/contract-dns.ts';
import { aReport } from './a-report.ts';
import { startApp } from './start-app.ts';

const started = async () => {
  const test = await startApp();
  await test.receive(aReport());
  return test;
};
const headers = { 'content-type': 'application/json' };

test('the records come as published, with what is wrong and what to publish instead', async () => {
  const { ask } = await started();
  const { newest, history, unusedIncludes } = (
    await ask('/api/domains/example.org/dns')
  ).json<DnsResponse>();
  expect(newest).toMatchObject({
    resolver: 'system',
    dmarc: { state: 'valid', effective: { p: 'none', pct: 100 } },
    spf: { state: 'valid', lookups: 6, networks: 1 },
    tlsRpt: { state: 'unknown', text: null },
  });
  expect(newest?.dkim.map(({ selector, state }) => [selector, state])).toEqual([
    ['google', 'valid'],
    ['old', 'absent'],
  ]);
  expect(newest?.findings.find(({ id }) => id === 'dkim-absent')).toMatchObject({
    severity: 'blocks',
    corrected: { name: 'old._domainkey.example.org', type: 'TXT' },
  });
  expect(history[0]?.changes).toHaveLength(1);
  expect(unusedIncludes).toEqual([
    { include: 'spf.old-host.example', lookups: 2, lastUsedDay: '2026-07-14' },
  ]);
});

test('a domain that DNS was never asked about says so', async () => {
  const dns = async () => ({ newest: null, history: [], unusedIncludes: [] });
  const { ask } = await startApp({ insight: { dns } });
  const answer = await ask('/api/domains/example.org/dns');
  expect(answer.json()).toEqual({
    ...{ domain: 'example.org', newest: null, history: [], unusedIncludes: [] },
  });
});

test('a check asks DNS once and answers with what is known then', async () => {
  const { ask, ingest } = await started();
  const url = '/api/domains/Example.org/dns/check';
  const answer = await ask(url, { method: 'POST', headers, payload: '{}' });
  expect(answer.statusCode).toBe(200);
  expect(answer.json<DnsResponse>().newest?.resolver).toBe('system');
  expect(ingest.calls).toEqual([['checkDns', 'example.org']]);
});

test('names that nobody reported on are not looked up for strangers', async () => {
  const { ask, ingest } = await started();
  for (const name of ['nowhere.example', 'localhost', '%00']) {
    const url = `/api/domains/${name}/dns/check`;
    const answer = await ask(url, { method: 'POST', headers, payload: '{}' });
    expect(answer.statusCode).toBe(404);
  }
  expect((await ask('/api/domains/example.org/dns/check')).statusCode).toBe(404);
  expect((await ask('/api/domains/nowhere.example/dns')).statusCode).toBe(404);
  expect((await ask('/api/domains/example.org/dns?now=1')).statusCode).toBe(400);
  expect(ingest.calls).toEqual([]);
});
