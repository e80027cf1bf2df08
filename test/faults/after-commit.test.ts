import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AfterChoice } from '../../ingest/after-choice.ts';
import { newFolderMemory } from '../../ingest/poll-pass.ts';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { type FolderRig, makeFolderRig } from '../imap/folder-rig.ts';
import type { Maildir } from '../imap/maildir.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { NOW_SECONDS, PASSWORD, USER } from '../imap/polling.ts';
import { type CutMode, type Judge, type Proxy, startProxy } from '../imap/proxy.ts';
import { reportFile } from '../imap/report-files.ts';
import { inFullOrShare, printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';

const REPORTS = 6;
const OTHERS = 3;
const LATER = NOW_SECONDS + 40 * 86_400;
const NO_MOVE = 'imap_capability = IMAP4rev1 LITERAL+ ID ENABLE IDLE UIDPLUS SPECIAL-USE\n';
const NO_UIDPLUS = 'imap_capability = IMAP4rev1 LITERAL+ ID ENABLE IDLE MOVE\n';
const NEITHER = 'imap_capability = IMAP4rev1 ID\n';
const RIGHTS = `mail_plugins = acl
plugin {
  acl = vfile
}
`;

/** How a server lets mail be moved, and the commands of which each may be the last that is heard. */
const WAYS = {
  move: { more: '', commands: ['UID MOVE'] },
  copy: { more: NO_MOVE, commands: ['UID COPY', 'UID STORE', 'UID EXPUNGE'] },
} as const;

interface Rig extends FolderRig {
  target: Maildir;
  move: AfterChoice;
  places(): { left: number; moved: number; others: number };
}

let targets = 0;

async function makeRig(server: Dovecot, port = server.port): Promise<Rig> {
  const rig = await makeFolderRig(server, port);
  for (let serial = 0; serial < REPORTS; serial += 1) {
    rig.maildir.deliver(REPORT_FORMS.multipart(reportFile(serial, 7)));
    if (serial < OTHERS) rig.maildir.deliver(ordinaryMail(serial));
  }
  targets += 1;
  const folder = `Done${targets}`;
  const target = server.maildir(USER).subfolder(folder);
  const reportsOf = (maildir: Maildir): number =>
    maildir.contents().filter(({ bytes }) => bytes.includes('Report Domain')).length;
  return {
    ...rig,
    target,
    move: { kind: 'move', folder, create: true },
    places: () => {
      const left = reportsOf(rig.maildir);
      return { left, moved: reportsOf(target), others: rig.maildir.contents().length - left };
    },
  };
}

const EVERYTHING_MOVED = { left: 0, moved: REPORTS, others: OTHERS };
const NOTHING_MOVED = { left: REPORTS, moved: 0, others: OTHERS };

/** Loses the first command of this kind, or its answer, and nothing else. */
function loseOnce(verb: string, how: 'lose-command' | 'lose-answer'): Judge {
  let isLost = false;
  return (sent) => {
    if (isLost || !sent.includes(` ${verb} `)) return 'pass';
    isLost = true;
    return how;
  };
}

describe.skipIf(isMissing(dovecot))(
  'a connection that is lost while stored reports are moved',
  () => {
    for (const [way, { more, commands }] of Object.entries(WAYS)) {
      describe(`by a server that can ${way}`, () => {
        let server: Dovecot;
        let proxy: Proxy;
        beforeAll(async () => {
          server = await startDovecot({ [USER]: PASSWORD }, { more });
          proxy = await startProxy(server.port);
        });
        afterAll(async () => {
          await proxy.stop();
          await server.stop();
        });
        beforeEach(() => {
          proxy.judge(null);
          proxy.cutNext(null);
        });

        for (const command of commands) {
          test.each(['lose-command', 'lose-answer'] as const)(
            `P16: ${command} is not done twice after: %s`,
            async (how) => {
              const rig = await makeRig(server, proxy.port);
              proxy.judge(loseOnce(command, how));
              const lost = await rig.act({ choice: rig.move });
              expect(lost).toMatchObject({ ok: false, problem: { code: 'lost-connection' } });
              expect(await rig.totalMessages()).toBe(7 * REPORTS);
              proxy.judge(null);
              for (let look = 0; look < 2; look += 1) {
                expect(await rig.act({ choice: rig.move })).toMatchObject({ ok: true });
                expect(rig.places()).toEqual(EVERYTHING_MOVED);
              }
              expect(await rig.totalMessages()).toBe(7 * REPORTS);
              expect(await rig.store.reader.afterStates()).toMatchObject([{ moved: REPORTS }]);
            },
          );
        }

        test('anywhere: every report is in one place, and in the end in its target', async () => {
          const cuts = inFullOrShare(100, 10);
          const whole = await makeRig(server, proxy.port);
          proxy.forget();
          await whole.act({ choice: whole.move });
          const bytes = proxy.received().length;
          const from = proxy.received().indexOf('[READ-WRITE]');
          const modes: CutMode[] = ['reset', 'fin'];
          for (let cut = 0; cut < cuts; cut += 1) {
            const rig = await makeRig(server, proxy.port);
            const afterBytes = from + Math.floor(((bytes - from) * cut) / cuts);
            const mode = modes[cut % 2] ?? 'fin';
            proxy.cutNext({ mode, afterBytes });
            await rig.act({ choice: rig.move, times: { commandSeconds: 3 } });
            proxy.cutNext(null);
            expect(await rig.act({ choice: rig.move })).toMatchObject({ ok: true });
            expect(rig.places(), `${mode} after ${afterBytes} bytes`).toEqual(EVERYTHING_MOVED);
            expect(await rig.totalMessages()).toBe(7 * REPORTS);
          }
          printFigure({ figure: `cut while moved by ${way}`, n: cuts, of: cuts, full: 100 });
        }, 600_000);

        test('a user who thinks anew meanwhile is heeded', async () => {
          const rig = await makeRig(server, proxy.port);
          proxy.judge(loseOnce(commands[0], 'lose-command'));
          await rig.act({ choice: rig.move });
          proxy.judge(null);
          expect(await rig.act({})).toMatchObject({ ok: true });
          expect(rig.places()).toEqual(NOTHING_MOVED);
          expect(await rig.store.writer.openActions(rig.store.mailboxId)).toEqual([]);
        });
      });
    }
  },
);

describe.skipIf(isMissing(dovecot))('a command whose end nobody heard', () => {
  let server: Dovecot;
  let proxy: Proxy;
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD });
    proxy = await startProxy(server.port);
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });
  beforeEach(() => proxy.judge(null));

  test.each<[string, AfterChoice, 'lose-command' | 'lose-answer']>([
    ['UID STORE', { kind: 'mark' }, 'lose-command'],
    ['UID STORE', { kind: 'mark' }, 'lose-answer'],
    ['UID STORE', { kind: 'delete', days: 30 }, 'lose-answer'],
    ['UID EXPUNGE', { kind: 'delete', days: 30 }, 'lose-command'],
    ['UID EXPUNGE', { kind: 'delete', days: 30 }, 'lose-answer'],
  ])('%s of %j is settled by the next look: %s', async (command, choice, how) => {
    const rig = await makeRig(server, proxy.port);
    await rig.act({});
    proxy.judge(loseOnce(command, how));
    expect((await rig.act({ choice, nowSeconds: LATER })).ok).toBe(false);
    proxy.judge(null);
    expect(await rig.act({ choice, nowSeconds: LATER })).toMatchObject({ ok: true });
    const seen = rig.maildir.contents().filter(({ place }) => /:2,[A-Z]*S/.test(place));
    const [state] = await rig.store.reader.afterStates();
    if (choice.kind === 'mark') {
      expect([seen.length, state?.marked, rig.places().left]).toEqual([REPORTS, REPORTS, REPORTS]);
    } else {
      expect([state?.deleted, rig.places()]).toEqual([
        REPORTS,
        { left: 0, moved: 0, others: OTHERS },
      ]);
    }
    expect(await rig.totalMessages()).toBe(7 * REPORTS);
  });

  test('a full disk before the command leaves the mail as it is', async () => {
    const rig = await makeRig(server, proxy.port);
    const { writer } = rig.store;
    const full = { ...writer, askActions: () => Promise.reject(new Error('disk full')) };
    proxy.forget();
    await expect(rig.act({ choice: rig.move, ledger: full })).rejects.toThrow('disk full');
    expect(proxy.sent()).not.toContain('UID MOVE');
    await rig.act({ choice: rig.move });
    expect(rig.places()).toEqual(EVERYTHING_MOVED);
  });

  test('and one after it does not do it twice', async () => {
    const rig = await makeRig(server, proxy.port);
    const { writer } = rig.store;
    const full = { ...writer, endActions: () => Promise.reject(new Error('disk full')) };
    await expect(rig.act({ choice: rig.move, ledger: full })).rejects.toThrow('disk full');
    proxy.forget();
    await rig.act({ choice: rig.move });
    await rig.act({ choice: rig.move });
    expect(rig.places()).toEqual(EVERYTHING_MOVED);
    expect(await rig.store.reader.afterStates()).toMatchObject([{ moved: REPORTS }]);
  });
});

describe.skipIf(isMissing(dovecot))('P15: a server that cannot do it', () => {
  const verbsOf = (proxy: Proxy): string[] =>
    [...proxy.sent().matchAll(/^[0-9A-F]+ ((?:UID )?[A-Z]+)/gm)].map(([, verb]) => verb ?? '');

  test.each<[string, string, AfterChoice['kind'], string | null]>([
    ['moves without UIDPLUS', NO_UIDPLUS, 'move', null],
    ['moves by copies without MOVE', NO_MOVE, 'move', null],
    ['moves nothing with neither', NEITHER, 'move', 'cannot-move'],
    ['deletes nothing without UIDPLUS', NO_UIDPLUS, 'delete', 'cannot-delete'],
    ['deletes without MOVE', NO_MOVE, 'delete', null],
    ['marks with neither', NEITHER, 'mark', null],
  ])('%s', async (_, more, kind, code) => {
    const server = await startDovecot({ [USER]: PASSWORD }, { more });
    const proxy = await startProxy(server.port);
    try {
      const rig = await makeRig(server, proxy.port);
      const choice: AfterChoice =
        kind === 'move' ? rig.move : kind === 'delete' ? { kind, days: 30 } : { kind: 'mark' };
      await rig.act({});
      const acted = await rig.act({ choice, nowSeconds: LATER });
      expect(acted.ok && acted.value.problem?.code).toBe(code ?? undefined);
      expect(await rig.totalMessages()).toBe(7 * REPORTS);
      expect(verbsOf(proxy)).not.toContain('EXPUNGE');
      if (code === null) return;
      expect(rig.places()).toEqual(NOTHING_MOVED);
      expect(verbsOf(proxy).filter((verb) => /STORE|COPY|MOVE|EXPUNGE|CREATE/.test(verb))).toEqual(
        [],
      );
    } finally {
      await proxy.stop();
      await server.stop();
    }
  });
});

describe.skipIf(isMissing(dovecot))('P16: an account without the right', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD }, { more: RIGHTS });
  });
  afterAll(() => server.stop());

  test.each<[string, AfterChoice['kind'], string | null]>([
    ['lr', 'mark', 'read-only'],
    ['lr', 'move', 'read-only'],
    ['lr', 'delete', 'read-only'],
    ['lrs', 'mark', null],
    ['lrs', 'delete', 'cannot-delete'],
    ['lrs', 'move', 'server-refused'],
    ['lrste', 'move', null],
  ])('“%s” to %s: %s', async (rights, kind, code) => {
    const rig = await makeRig(server);
    rig.target.deliver(ordinaryMail(0));
    await rig.act({});
    rig.maildir.allow(rights);
    const choice: AfterChoice =
      kind === 'move' ? rig.move : kind === 'delete' ? { kind, days: 30 } : { kind: 'mark' };
    const memory = newFolderMemory();
    const acted = await rig.act({ choice, memory, nowSeconds: LATER });
    expect(acted.ok && acted.value.problem?.code).toBe(code ?? undefined);
    expect(await rig.totalMessages()).toBe(7 * REPORTS);
    if (code === null) return;
    expect(rig.places()).toEqual(NOTHING_MOVED);
    expect(await rig.act({ choice, memory, nowSeconds: LATER + 1 })).toMatchObject({
      ok: true,
      value: { wasOpened: false },
    });
    expect(await rig.store.reader.afterStates()).toMatchObject([{ moved: 0, problem: { code } }]);
  });
});
