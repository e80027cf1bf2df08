import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolderMemory } from '../../ingest/poll-pass.ts';
import { createRandom } from '../../server/demo/random.ts';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import type { Maildir } from '../imap/maildir.ts';
import { lookOnce, PASSWORD, USER } from '../imap/polling.ts';
import { type CutMode, type Proxy, startProxy } from '../imap/proxy.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';
import { tempStore, type FaultStore } from './fault-store.ts';
import { type Golden, goldenMailbox } from './golden-mailbox.ts';
import { expectExactLedger, expectGoldenRows, expectWhole } from './store-truth.ts';

const CUTS_A_MODE = 75;
/** The cuts of a mode lie at multiples of it, spread over the whole session. */
const STEP_BYTES = 97;
const DEADLINES = { connectSeconds: 1, commandSeconds: 1 };
const MOST_LOOKS = 20;

let golden: Golden;
let server: Dovecot;
let proxy: Proxy;
let maildir: Maildir;

describe.skipIf(isMissing(dovecot))('P01, P11: a session that is cut', () => {
  beforeAll(async () => {
    golden = goldenMailbox({
      ...{ seed: longRunSeed, reports: 40, others: 16, repeats: 8, conflicts: 6 },
    });
    server = await startDovecot({ [USER]: PASSWORD });
    proxy = await startProxy(server.port);
    maildir = server.maildir(USER);
    for (const mail of golden.mails) maildir.deliver(mail);
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });

  const look = (store: FaultStore, memory = newFolderMemory()) =>
    lookOnce(proxy.port, {
      ...{ ledger: store.writer, mailboxId: store.mailboxId, memory, times: DEADLINES },
    });

  async function sessionBytes(): Promise<number> {
    proxy.cutNext(null);
    proxy.forget();
    const store = await tempStore();
    expect(await look(store)).toMatchObject({ ok: true });
    await store.remove();
    return proxy.received().length;
  }

  /** Cut once at the place, then read to the end; whatever was cut is then there exactly once. */
  async function cutAt(mode: CutMode, afterBytes: number): Promise<void> {
    const store = await tempStore();
    const memory = newFolderMemory();
    proxy.cutNext({ mode, afterBytes });
    const startedMs = performance.now();
    const cut = await look(store, memory);
    if (cut.ok) throw new Error('The session was not cut.');
    expect(cut.problem.code).toMatch(/^(?:lost-connection|timed-out|not-imap)$/);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expectWhole(store.dataDir);
    proxy.cutNext(null);
    let drained = false;
    for (let looks = 0; looks < MOST_LOOKS && !drained; looks += 1) {
      drained = (await look(store, memory)).ok;
    }
    expect(drained).toBe(true);
    expectWhole(store.dataDir);
    expectExactLedger(store.dataDir, golden);
    expectGoldenRows(store.dataDir, golden);
    const { tally, reports, records } = await store.reader.totals(EVERYTHING);
    expect({ reports, records, ...tally }).toMatchObject({
      reports: golden.reports,
      ...golden.totals,
    });
    await store.remove();
  }

  test.each<CutMode>(['reset', 'fin', 'stall', 'drip'])(
    'by %s leaves the exact totals and ledger',
    async (mode) => {
      const wanted = inFullOrShare(CUTS_A_MODE, mode === 'drip' || mode === 'stall' ? 5 : 10);
      const steps = Math.floor((await sessionBytes()) / STEP_BYTES);
      const random = createRandom(longRunSeed + mode.length);
      const before = maildir.contents().map(({ place }) => place);
      for (let cut = 0; cut < wanted; cut += 1) {
        const step = Math.floor(((cut + random()) * steps) / wanted);
        const afterBytes = Math.max(1, step * STEP_BYTES - 1);
        try {
          await cutAt(mode, afterBytes);
        } catch (error) {
          const place = `${mode} after ${afterBytes} bytes, seed ${longRunSeed}`;
          throw new Error(place, { cause: error });
        }
      }
      expect(maildir.contents().map(({ place }) => place)).toEqual(before);
      printFigure({
        ...{ figure: `cuts-${mode}`, n: wanted, of: wanted, full: CUTS_A_MODE },
        ...{ mails: golden.mails.length, sessionBytes: steps * STEP_BYTES },
      });
    },
    900_000,
  );
});

const EVERYTHING = { domain: null, from: null, to: null };
