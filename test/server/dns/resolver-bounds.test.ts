import { describe, expect, it } from 'vitest';
import { openResolver } from '../../../server/dns/resolver.ts';
import { withZone } from '../../dns/snapshot-of.ts';

const ZONE = 'a.example A 192.0.2.1';

describe('a run is bounded', () => {
  it('a question is asked once, however often it is put', async () => {
    await withZone(ZONE, async (resolver, server) => {
      await Promise.all(Array.from({ length: 50 }, () => resolver.lookUp('a.example', 'A')));
      expect(server.asked).toEqual(['A a.example']);
    });
  });

  it('a failed question is tried as often as set, and not again in the run', async () => {
    await withZone(
      's.example FAULT silent',
      async (resolver, server) => {
        await resolver.lookUp('s.example', 'A');
        await resolver.lookUp('s.example', 'A');
        expect(server.asked).toHaveLength(2);
      },
      { timeoutMs: 60 },
    );
  });

  it('questions past the limit are not asked', async () => {
    await withZone(
      ZONE,
      async (resolver, server) => {
        const names = Array.from({ length: 10 }, (_, at) => `n${at}.example`);
        const answers = await Promise.all(names.map((name) => resolver.lookUp(name, 'A')));
        expect(answers.filter(({ kind }) => kind === 'failed')).toHaveLength(6);
        expect(answers.at(-1)).toEqual({ kind: 'failed', reason: 'limit' });
        expect(server.asked).toHaveLength(4);
      },
      { mostQueries: 4 },
    );
  });

  it('no more questions are under way at once than set', async () => {
    const stop = new AbortController();
    const options = { atOnce: 3, timeoutMs: 20_000, signal: stop.signal };
    await withZone(
      Array.from({ length: 9 }, (_, at) => `s${at}.example FAULT silent`).join('\n'),
      async (resolver, server) => {
        const names = Array.from({ length: 9 }, (_, at) => `s${at}.example`);
        const answers = Promise.all(names.map((name) => resolver.lookUp(name, 'A')));
        await expect.poll(() => server.asked.length).toBe(3);
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(server.asked).toHaveLength(3);
        stop.abort();
        await answers;
      },
      options,
    );
  });

  it('a dead server is given up after some questions', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `n${at}.example`);
    await withZone(
      '*.example FAULT silent',
      async (resolver, server) => {
        const answers = await Promise.all(names.map((name) => resolver.lookUp(name, 'A')));
        expect(answers.every(({ kind }) => kind === 'failed')).toBe(true);
        expect(server.asked.length).toBeLessThan(25);
      },
      { timeoutMs: 50, tries: 1 },
    );
  });

  it.each([
    ['hosts of a domain', (at: number) => `h${at}.dead.example`, '*.dead.example FAULT silent'],
    [
      'addresses of a network',
      (at: number) => `${at}.2.0.192.in-addr.arpa`,
      '*.2.0.192.in-addr.arpa FAULT silent',
    ],
  ])('a dead zone is given up, and others are asked on: %s', async (_, nameOf, silent) => {
    const dead = Array.from({ length: 40 }, (_, at) => nameOf(at));
    await withZone(
      `${ZONE}\nb.example A 192.0.2.2\n${silent}`,
      async (resolver, server) => {
        await resolver.lookUp('a.example', 'A');
        const answers = await Promise.all(dead.map((name) => resolver.lookUp(name, 'A')));
        expect(answers.every(({ kind }) => kind === 'failed')).toBe(true);
        expect(answers.at(-1)).toEqual({ kind: 'failed', reason: 'gave-up' });
        expect(server.asked.length).toBeLessThan(25);
        expect((await resolver.lookUp('b.example', 'A')).kind).toBe('found');
      },
      { tries: 1 },
    );
  });

  it('the signal ends what is under way and what waits', async () => {
    const stop = new AbortController();
    await withZone(
      's.example FAULT silent',
      async (resolver) => {
        const answers = Promise.all(
          ['s.example', 'a.s.example', 'b.s.example'].map((name) => resolver.lookUp(name, 'A')),
        );
        stop.abort();
        for (const answer of await answers)
          expect(answer).toEqual({ kind: 'failed', reason: 'aborted' });
      },
      { timeoutMs: 20_000, atOnce: 1, signal: stop.signal },
    );
  });
});

describe('the setting of the resolver', () => {
  it.each(['192.0.2.1', '192.0.2.1:5353', '2001:db8::1', '[2001:db8::1]:53'])(
    '%s is taken',
    (servers) => {
      expect(openResolver({ servers })?.name).toBe(servers);
    },
  );

  it.each([
    '',
    'dns.example',
    'dns.example:53',
    '192.0.2.1:0',
    '192.0.2.1:70000',
    '192.0.2.300',
    '[::1',
    'tcp://192.0.2.1',
  ])('"%s" is refused', (servers) => {
    expect(openResolver({ servers })).toBeNull();
  });
});
