import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { inFullOrShare } from '../long-run.ts';
import { type Kept, keepRead, SHORT_TIMING } from './kept-rig.ts';
import { accessTo } from './polling.ts';
import { type Misbehaviour, scriptOf } from './scripted-mailbox.ts';
import { type ScriptedAnswer, type ScriptedServer, startScripted } from './scripted-server.ts';

const WATCH_MS = 2000;
/** The waits before a retry double from 0.1 s on (jittered by a half) to 0.5 s. */
const MOST_TRIES = 10;

async function kept(
  misbehaviour: Misbehaviour,
  changes: Parameters<typeof keepRead>[1] = {},
): Promise<Kept & { server: ScriptedServer }> {
  const server = await startScripted(scriptOf(misbehaviour));
  onTestFinished(() => server.stop());
  return { server, ...(await keepRead(accessTo(server.port), changes)) };
}

const asked = (server: ScriptedServer, command: RegExp): number =>
  server.commands.filter((each) => command.test(each)).length;

const always = (command: RegExp, tagged: string): Misbehaviour => ({
  answer: (each) => (command.test(each) ? { lines: [], tagged } : undefined),
});

const refusals: [about: string, command: RegExp, tagged: string][] = [
  ['the opening of the folder', /^EXAMINE/, 'NO not you'],
  ['a search', /^UID SEARCH/, 'BAD what?'],
  ['a fetch', /^UID FETCH/, 'NO not today'],
  ['the opening of the folder', /^EXAMINE/, 'BAD what?'],
  ['a search', /^UID SEARCH/, 'NO not today'],
  ['a fetch', /^UID FETCH/, 'BAD what?'],
];

test.each(refusals.slice(0, inFullOrShare(refusals.length, 3)))(
  'P07: %s that is always refused is told, and tried no faster than the back-off',
  async (_, command, tagged) => {
    const { server, until } = await kept(always(command, tagged));
    const { problem } = await until(({ state }) => state === 'failed');
    expect(problem).toMatchObject({ code: 'server-said-no' });
    expect(problem?.message).toContain(tagged.replace(/^[A-Z]+ /, ''));
    const before = server.connections();
    await sleep(WATCH_MS);
    expect(server.connections() - before).toBeGreaterThan(1);
    expect(server.connections() - before).toBeLessThanOrEqual(MOST_TRIES);
    expect(asked(server, command)).toBeLessThanOrEqual(server.connections());
  },
);

const withIdle = (idle: ScriptedAnswer): Misbehaviour => ({
  answer: (each) => {
    if (each === 'CAPABILITY') return { lines: ['* CAPABILITY IMAP4rev1 IDLE'], tagged: 'OK done' };
    return each === 'IDLE' ? idle : undefined;
  },
});

test.each<[string, ScriptedAnswer]>([
  ['refused', { lines: [], tagged: 'NO not here' }],
  ['not understood', { lines: [], tagged: 'BAD what?' }],
  ['over at once', { lines: ['+ idling'], tagged: 'OK that was that' }],
])(
  'P07: IDLE that is %s is no failure, no loop, and no silence that ends the connection',
  async (_, idle) => {
    const { server, states, until, looks } = await kept(withIdle(idle));
    await until(({ state }) => state === 'up-to-date');
    // Longer than a silent connection is kept: one and a half times the time of a command.
    await sleep(WATCH_MS);
    expect([looks(), server.connections()]).toEqual([1, 1]);
    expect(states.filter(({ problem }) => problem !== null)).toEqual([]);
    expect(asked(server, /^(?:IDLE|NOOP)/)).toBeLessThanOrEqual(MOST_TRIES);
  },
);

test('P07: an answer to a command that nobody sent is no answer', async () => {
  const { server, until } = await kept({
    answer: (each) =>
      each.startsWith('UID SEARCH') ? { lines: ['X1 OK done'], tagged: null } : undefined,
  });
  expect((await until(({ problem }) => problem !== null)).problem?.code).toBe('timed-out');
  const before = server.connections();
  await sleep(WATCH_MS);
  expect(server.connections() - before).toBeLessThanOrEqual(MOST_TRIES);
});

test('P07: a folder that tells of new mail at every look is looked at once in a while', async () => {
  let messages = 3;
  const { server, until, looks } = await kept({
    answer: (each) =>
      each.startsWith('UID SEARCH')
        ? { lines: ['* SEARCH 1 2 3', `* ${(messages += 1)} EXISTS`], tagged: 'OK done' }
        : undefined,
  });
  await until(({ state }) => state === 'up-to-date');
  const before = looks();
  await sleep(WATCH_MS);
  const most = WATCH_MS / (1000 * SHORT_TIMING.newsPauseSeconds);
  expect(looks() - before).toBeLessThanOrEqual(most);
  expect(asked(server, /^UID SEARCH/)).toBeLessThanOrEqual(looks() + 1);
});

const REFUSED: ScriptedAnswer = {
  lines: [],
  tagged: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
};

test('P08: a password that is refused after it was good is told until it is good again', async () => {
  let isRefused = false;
  const { server, until, states, messages } = await kept(
    { answer: (each) => (isRefused && each.startsWith('LOGIN') ? REFUSED : undefined) },
    { timing: { ...SHORT_TIMING, slowRetrySeconds: 0.5 } },
  );
  await until(({ state }) => state === 'up-to-date');
  isRefused = true;
  server.say('* BYE The account was locked');
  const first = await until(({ problem }) => problem?.code === 'wrong-password');
  const tries = asked(server, /^LOGIN/);
  await sleep(WATCH_MS);
  // Every further refusal is the same problem, still in sight: one thing to act on, told once.
  const since = states.slice(states.indexOf(first));
  expect(new Set(since.map(({ problem }) => JSON.stringify(problem))).size).toBe(1);
  expect(asked(server, /^LOGIN/) - tries).toBeLessThanOrEqual(WATCH_MS / 500);
  expect(await messages()).toBe(3120);
  isRefused = false;
  expect((await until(({ state }) => state === 'up-to-date')).problem).toBeNull();
});

test('P08: an account that is locked for a while is waited for as asked, not tried again and again', async () => {
  const { server, until } = await kept({
    answer: (each) =>
      each.startsWith('LOGIN')
        ? { lines: [], tagged: 'NO [UNAVAILABLE] Temporary authentication failure' }
        : undefined,
  });
  const waiting = await until(({ problem }) => problem !== null);
  expect(waiting.problem?.code).toBe('throttled');
  expect((waiting.nextLookSeconds ?? 0) - waiting.sinceSeconds).toBeGreaterThanOrEqual(60);
  expect(asked(server, /^LOGIN/)).toBe(1);
});

test('P15: a server that lets nobody log in over this connection is told so, and gets no password', async () => {
  const { server, until } = await kept({
    answer: (each) =>
      each === 'CAPABILITY'
        ? { lines: ['* CAPABILITY IMAP4rev1 LOGINDISABLED'], tagged: 'OK done' }
        : undefined,
  });
  const { problem } = await until(({ state }) => state === 'failed');
  expect(problem).toMatchObject({ code: 'login-disabled' });
  expect(problem?.message).toContain('No password was sent');
  expect(asked(server, /LOGIN|AUTHENTICATE/)).toBe(0);
});
