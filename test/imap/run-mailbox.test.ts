import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { defaultMailboxTimes } from '../../ingest/mailbox-client.ts';
import type { MailboxState } from '../../ingest/mailbox-state.ts';
import { runMailbox, type RunDeps, type RunningMailbox } from '../../ingest/poll-mailbox.ts';
import type { PollTiming } from '../../ingest/poll-retry.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { dovecot, isMissing } from '../parts.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { type FolderRig, makeFolderRig } from './folder-rig.ts';
import { REPORT_FORMS } from './mails.ts';
import { accessTo, PASSWORD, USER } from './polling.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { reportFile } from './report-files.ts';
import { builtTrial } from '../reading-trial.ts';

const TIMING: PollTiming = {
  pollSeconds: 60,
  newsPauseSeconds: 0.1,
  firstRetrySeconds: 0.2,
  longestRetrySeconds: 1,
  slowRetrySeconds: 300,
};

let server: Dovecot;
let proxy: Proxy;
let stop: AbortController;
let running: RunningMailbox | null;
let states: MailboxState[];

function run(rig: FolderRig, changes: Partial<RunDeps> = {}, password = PASSWORD): RunningMailbox {
  running = runMailbox({
    access: accessTo(proxy.port, rig.folder, password),
    mailboxId: rig.store.mailboxId,
    ledger: rig.store.writer,
    reader: createDocumentReader(defaultLimits),
    trial: builtTrial,
    limits: defaultLimits,
    times: { ...defaultMailboxTimes, connectSeconds: 3, commandSeconds: 1 },
    timing: TIMING,
    nowSeconds: () => Math.floor(Date.now() / 1000),
    random: () => 0.5,
    signal: stop.signal,
    onState: (state) => states.push(state),
    ...changes,
  });
  return running;
}

/** Waits until the newest state is as wanted, at most ten seconds. */
async function until(wanted: (state: MailboxState) => boolean): Promise<MailboxState> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const newest = states.at(-1);
    if (newest !== undefined && wanted(newest)) return newest;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`The last state was ${JSON.stringify(states.at(-1))}`);
}

const looks = (): number => states.filter(({ state }) => state === 'up-to-date').length;

describe.skipIf(isMissing(dovecot))('a mailbox that is kept read', () => {
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD });
    proxy = await startProxy(server.port);
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });
  beforeEach(() => {
    proxy.cutNext(null);
    stop = new AbortController();
    running = null;
    states = [];
  });
  afterEach(async () => {
    stop.abort();
    await running?.done;
  });

  test('goes from starting to up to date, and tells its progress', async () => {
    const rig = await makeFolderRig(server, proxy.port);
    for (let serial = 0; serial < 5; serial += 1) {
      rig.maildir.deliver(REPORT_FORMS.bare(reportFile(serial)));
    }
    run(rig);
    const last = await until(({ state }) => state === 'up-to-date');
    expect([...new Set(states.map(({ state }) => state))]).toEqual([
      'starting',
      'connecting',
      'reading',
      'up-to-date',
    ]);
    expect(last).toMatchObject({ problem: null, progress: null });
    expect(last.nextLookSeconds).toBe((last.lastLookSeconds ?? 0) + TIMING.pollSeconds);
    const progress = states.filter(({ state }) => state === 'reading').at(-1)?.progress;
    expect(progress).toMatchObject({ seen: 5, total: 5, reports: 5 });
  });

  test('notices new mail within seconds, by IDLE', async () => {
    const rig = await makeFolderRig(server, proxy.port);
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    run(rig);
    await until(({ state }) => state === 'up-to-date');
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(2)));
    const delivered = performance.now();
    await until(() => looks() === 2);
    expect(performance.now() - delivered).toBeLessThan(5000);
    expect(await rig.totalMessages()).toBe(2);
  });

  test('P17: looks again by itself where IDLE tells of nothing', async () => {
    const rig = await makeFolderRig(server, proxy.port);
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    run(rig, { timing: { ...TIMING, pollSeconds: 0.3 } });
    await until(() => looks() >= 3);
  });

  test('looks at once when it is asked to', async () => {
    const rig = await makeFolderRig(server, proxy.port);
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    const { lookNow } = run(rig);
    await until(() => looks() === 1);
    lookNow();
    await until(() => looks() === 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(looks()).toBe(2);
  });

  test('comes back after lost connections, and says so meanwhile', async () => {
    const rig = await makeFolderRig(server, proxy.port);
    for (let serial = 0; serial < 30; serial += 1) {
      rig.maildir.deliver(REPORT_FORMS.multipart(reportFile(serial)));
    }
    proxy.cutNext({ mode: 'reset', afterBytes: 12_000 });
    run(rig);
    const waiting = await until(({ state }) => state === 'waiting');
    expect(waiting.problem).toMatchObject({ code: 'lost-connection' });
    expect(waiting.nextLookSeconds).not.toBeNull();
    proxy.cutNext(null);
    expect(await until(({ state }) => state === 'up-to-date')).toMatchObject({ problem: null });
    expect(await rig.totalMessages()).toBe(30);
  });

  test('waits ever longer for a server that is gone, and is back when the server is', async () => {
    const rig = await makeFolderRig(server, proxy.port);
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    const connections = proxy.connections();
    proxy.cutNext({ mode: 'reset', afterBytes: 1 });
    run(rig);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const tries = proxy.connections() - connections;
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(tries).toBeLessThanOrEqual(12);
    proxy.cutNext(null);
    await until(({ state }) => state === 'up-to-date');
  });

  test('P08: tries a refused password once, and then leaves the server alone', async () => {
    const rig = await makeFolderRig(server, proxy.port);
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    const connections = proxy.connections();
    run(rig, {}, 'not this one');
    const failed = await until(({ state }) => state === 'failed');
    expect(failed.problem).toMatchObject({ code: 'wrong-password' });
    expect((failed.nextLookSeconds ?? 0) - failed.sinceSeconds).toBeGreaterThanOrEqual(300);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(proxy.connections() - connections).toBe(1);
  });

  test('P09: says that a folder is missing', async () => {
    const rig = await makeFolderRig(server, proxy.port);
    run(rig);
    const failed = await until(({ state }) => state === 'failed');
    expect(failed.problem).toMatchObject({ code: 'no-such-folder' });
  });

  test.each<[string, (rig: FolderRig) => Promise<void>]>([
    [
      'while it waits for news',
      () => until(({ state }) => state === 'up-to-date').then(() => undefined),
    ],
    [
      'while a command hangs',
      async () => {
        await until(({ state }) => state === 'reading');
      },
    ],
    ['before it is connected', async () => undefined],
  ])('stops within a second %s', async (where, arrive) => {
    const rig = await makeFolderRig(server, proxy.port);
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    if (where === 'while a command hangs') proxy.cutNext({ mode: 'stall', afterBytes: 1500 });
    const { done } = run(rig, { times: { ...defaultMailboxTimes, commandSeconds: 30 } });
    await arrive(rig);
    const asked = performance.now();
    stop.abort();
    await done;
    expect(performance.now() - asked).toBeLessThan(1000);
  });
});
