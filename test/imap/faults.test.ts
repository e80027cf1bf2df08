import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newFolderMemory } from '../../ingest/poll-pass.ts';
import { dovecot, isMissing } from '../parts.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { type FolderRig, makeFolderRig } from './folder-rig.ts';
import { REPORT_FORMS } from './mails.ts';
import { ordinaryMail } from './ordinary-mails.ts';
import { PASSWORD, USER } from './polling.ts';
import { type CutMode, type Proxy, startProxy } from './proxy.ts';
import { reportFile } from './report-files.ts';

const REPORTS = 12;

let server: Dovecot;
let proxy: Proxy;

async function makeRig(): Promise<FolderRig> {
  const rig = await makeFolderRig(server, proxy.port);
  for (let serial = 0; serial < REPORTS; serial += 1) {
    rig.maildir.deliver(REPORT_FORMS.multipart(reportFile(serial, 7)));
    rig.maildir.deliver(ordinaryMail(serial));
  }
  return rig;
}

describe.skipIf(isMissing(dovecot))('P01, P10, P11: a connection that breaks', () => {
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD });
    proxy = await startProxy(server.port);
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });
  beforeEach(() => proxy.cutNext(null));

  async function sessionBytes(): Promise<number> {
    const rig = await makeRig();
    proxy.forget();
    await rig.look();
    return proxy.received().length;
  }

  test('anywhere in a session costs nothing: the next look brings the exact totals', async () => {
    const whole = await sessionBytes();
    const rig = await makeRig();
    const memory = newFolderMemory();
    const modes: CutMode[] = ['reset', 'fin'];
    let cuts = 0;
    for (let afterBytes = 50; afterBytes < whole; afterBytes += Math.ceil(whole / 40)) {
      const mode = modes[cuts % 2] ?? 'fin';
      proxy.cutNext({ mode, afterBytes });
      const looked = await rig.look({ memory, times: { connectSeconds: 3, commandSeconds: 3 } });
      if (!looked.ok) expect(looked.problem.code).toMatch(/^(lost-connection|timed-out|not-imap)$/);
      cuts += 1;
    }
    expect(cuts).toBeGreaterThanOrEqual(35);
    proxy.cutNext(null);
    expect(await rig.look({ memory })).toMatchObject({ ok: true });
    expect(await rig.totalMessages()).toBe(7 * REPORTS);
    const outcomes = Object.values(await rig.outcomes()).flat();
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(REPORTS);
    expect(outcomes.filter((outcome) => outcome === 'ordinary-mail')).toHaveLength(REPORTS);
  });

  test('each time at another place of a fresh folder leaves exact totals', async () => {
    const whole = await sessionBytes();
    for (const ratio of [0.5, 0.6, 0.7, 0.8, 0.9, 0.97]) {
      const rig = await makeRig();
      proxy.cutNext({ mode: 'reset', afterBytes: Math.floor(whole * ratio) });
      expect((await rig.look()).ok).toBe(false);
      proxy.cutNext(null);
      expect((await rig.look()).ok).toBe(true);
      expect(await rig.totalMessages()).toBe(7 * REPORTS);
      expect((await rig.outcomes())[2 * REPORTS]).toEqual(['ordinary-mail']);
    }
  });

  test.each<CutMode>(['stall', 'drip'])(
    'by a %s is noticed after the deadline of one command',
    async (mode) => {
      const whole = await sessionBytes();
      const rig = await makeRig();
      proxy.cutNext({ mode, afterBytes: Math.floor(whole * 0.7) });
      const started = performance.now();
      const looked = await rig.look({ times: { commandSeconds: 1 } });
      expect(looked).toMatchObject({ ok: false, problem: { code: 'timed-out' } });
      expect(performance.now() - started).toBeLessThan(4000);
      proxy.cutNext(null);
      expect(await rig.look()).toMatchObject({ ok: true });
      expect(await rig.totalMessages()).toBe(7 * REPORTS);
    },
  );

  test.each<CutMode>(['stall', 'drip'])(
    'by a %s before the greeting is given up in time',
    async (mode) => {
      const rig = await makeRig();
      proxy.cutNext({ mode, afterBytes: 1 });
      const started = performance.now();
      const looked = await rig.look({ times: { connectSeconds: 1 } });
      expect(looked).toMatchObject({ ok: false, problem: { code: 'timed-out' } });
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );

  test('half-way keeps what had come', async () => {
    const whole = await sessionBytes();
    const rig = await makeRig();
    proxy.cutNext({ mode: 'fin', afterBytes: Math.floor(whole * 0.9) });
    await rig.look();
    const stored = await rig.totalMessages();
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(7 * REPORTS);
  });
});
