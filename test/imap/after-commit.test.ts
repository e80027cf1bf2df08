import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AfterChoice } from '../../ingest/after-choice.ts';
import { newFolderMemory } from '../../ingest/poll-pass.ts';
import { dovecot, isMissing } from '../parts.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { type FolderRig, makeFolderRig } from './folder-rig.ts';
import type { Maildir } from './maildir.ts';
import { REPORT_FORMS } from './mails.ts';
import { ordinaryMail } from './ordinary-mails.ts';
import { NOW_SECONDS, PASSWORD, USER } from './polling.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { reportFile } from './report-files.ts';

const REPORTS = 5;
const DAY_SECONDS = 86_400;
const MARK: AfterChoice = { kind: 'mark' };

let server: Dovecot;
let proxy: Proxy;
let targets = 0;

interface Rig extends FolderRig {
  target: Maildir;
  move: AfterChoice;
}

/** Reports, one of them twice, among ordinary mail and a broken one; and a folder to move to. */
async function makeRig({ create = true }: { create?: boolean } = {}): Promise<Rig> {
  const rig = await makeFolderRig(server, proxy.port);
  for (let serial = 0; serial < REPORTS; serial += 1) {
    rig.maildir.deliver(REPORT_FORMS.multipart(reportFile(serial, 7)));
    rig.maildir.deliver(ordinaryMail(serial));
  }
  rig.maildir.deliver(REPORT_FORMS.bare(reportFile(0, 7)));
  const { name, bytes } = reportFile(90);
  rig.maildir.deliver(REPORT_FORMS.bare({ name, bytes: bytes.subarray(0, 60) }));
  targets += 1;
  const folder = `Done${targets}`;
  return {
    ...rig,
    target: server.maildir(USER).subfolder(folder),
    move: { kind: 'move', folder, create },
  };
}

const isReport = ({ bytes }: { bytes: Buffer }): boolean => bytes.includes('Report Domain');
const isBroken = ({ bytes }: { bytes: Buffer }): boolean => bytes.includes('!90.xml.gz');
const sizes = (folder: Maildir): number[] => folder.contents().map(({ bytes }) => bytes.length);
const placed = (folder: Maildir): string[] => folder.contents().map(({ place }) => place);
const verbs = (): Set<string | undefined> =>
  new Set([...proxy.sent().matchAll(/^[0-9A-F]+ ((?:UID )?[A-Z]+)/gm)].map(([, verb]) => verb));

describe.skipIf(isMissing(dovecot))('after the report is stored', () => {
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
    proxy.forget();
  });

  test('mail is left as it is, and the folder never opened for changes, unless chosen', async () => {
    const rig = await makeRig();
    const before = rig.maildir.contents();
    expect(await rig.act({})).toMatchObject({ ok: true, value: { wasOpened: false } });
    expect(rig.maildir.contents()).toEqual(before);
    for (const verb of verbs()) expect(verb).not.toMatch(/SELECT|STORE|COPY|MOVE|EXPUNGE|CREATE/);
  });

  test('reports and their repeats are marked as read, and nothing else is', async () => {
    const rig = await makeRig();
    expect(await rig.act({ choice: MARK })).toMatchObject({ ok: true, value: { problem: null } });
    const seen = rig.maildir.contents().filter(({ place }) => /:2,[A-Z]*S/.test(place));
    expect(seen).toHaveLength(REPORTS + 1);
    expect(seen.every((mail) => isReport(mail) && !isBroken(mail))).toBe(true);
    expect(await rig.totalMessages()).toBe(7 * REPORTS);
    expect(await rig.store.reader.afterStates()).toMatchObject([{ marked: REPORTS + 1 }]);
  });

  test('reports and their repeats are moved, unread as they were, and nothing else is', async () => {
    const rig = await makeRig();
    const before = sizes(rig.maildir);
    expect(await rig.act({ choice: rig.move })).toMatchObject({
      ok: true,
      value: { problem: null },
    });
    const moved = rig.target.contents();
    expect(moved).toHaveLength(REPORTS + 1);
    expect(moved.every((mail) => isReport(mail) && !isBroken(mail))).toBe(true);
    expect(moved.every(({ place }) => !/:2,[A-Z]*S/.test(place))).toBe(true);
    expect(rig.maildir.contents()).toHaveLength(REPORTS + 1);
    expect([...sizes(rig.maildir), ...sizes(rig.target)].sort()).toEqual(before.sort());
    expect(verbs()).not.toContain('UID COPY');
    expect(await rig.store.reader.afterStates()).toMatchObject([{ moved: REPORTS + 1 }]);
  });

  test('a second look opens nothing, as there is nothing to do', async () => {
    for (const choice of [MARK, 'move'] as const) {
      const rig = await makeRig();
      const memory = newFolderMemory();
      const chosen = choice === 'move' ? rig.move : choice;
      await rig.act({ choice: chosen, memory });
      for (const again of [memory, newFolderMemory()]) {
        proxy.forget();
        const acted = await rig.act({ choice: chosen, memory: again });
        expect(acted).toMatchObject({ ok: true, value: { wasOpened: false } });
        expect(verbs()).not.toContain('SELECT');
      }
    }
  });

  test('mail is deleted when its days are over, not before', async () => {
    const rig = await makeRig();
    const choice: AfterChoice = { kind: 'delete', days: 30 };
    await rig.act({ choice });
    await rig.act({ choice, nowSeconds: NOW_SECONDS + 30 * DAY_SECONDS - 1 });
    expect(rig.maildir.contents()).toHaveLength(2 * REPORTS + 2);
    await rig.act({ choice, nowSeconds: NOW_SECONDS + 30 * DAY_SECONDS });
    const left = rig.maildir.contents();
    expect(left).toHaveLength(REPORTS + 1);
    expect(left.every((mail) => !isReport(mail) || isBroken(mail))).toBe(true);
    expect(await rig.totalMessages()).toBe(7 * REPORTS);
    expect(await rig.store.reader.afterStates()).toMatchObject([{ deleted: REPORTS + 1 }]);
  });

  test('mail is not deleted of which no bytes are kept', async () => {
    const rig = await makeRig();
    await rig.act({});
    rig.store.run('DELETE FROM kept');
    await rig.act({
      choice: { kind: 'delete', days: 1 },
      nowSeconds: NOW_SECONDS + 9 * DAY_SECONDS,
    });
    expect(rig.maildir.contents()).toHaveLength(2 * REPORTS + 2);
    expect(verbs()).not.toContain('SELECT');
  });

  test('what others have marked as deleted stays, where only reports are deleted', async () => {
    const rig = await makeRig();
    const [first] = rig.maildir.contents().filter((mail) => !isReport(mail));
    await rig.act({});
    rig.maildir.flag(first?.place ?? '', 'T');
    await rig.act({
      choice: { kind: 'delete', days: 1 },
      nowSeconds: NOW_SECONDS + 9 * DAY_SECONDS,
    });
    expect(rig.maildir.contents()).toHaveLength(REPORTS + 1);
    expect(placed(rig.maildir).filter((place) => /:2,[A-Z]*T/.test(place))).toHaveLength(1);
  });

  test('a folder that is missing is made only if the user says so', async () => {
    const rig = await makeRig({ create: false });
    const refused = await rig.act({ choice: rig.move });
    expect(refused).toMatchObject({ ok: true, value: { problem: { code: 'no-target' } } });
    expect(rig.maildir.contents()).toHaveLength(2 * REPORTS + 2);
    expect(await rig.totalMessages()).toBe(7 * REPORTS);
    expect(await rig.store.reader.afterStates()).toMatchObject([
      { moved: 0, problem: { code: 'no-target' } },
    ]);
    expect(verbs()).not.toContain('CREATE');
  });

  test('a refusal is not tried again at each look, and is gone once it works', async () => {
    const rig = await makeRig({ create: false });
    const memory = newFolderMemory();
    await rig.act({ choice: rig.move, memory });
    proxy.forget();
    await rig.act({ choice: rig.move, memory, nowSeconds: NOW_SECONDS + 599 });
    expect(verbs()).not.toContain('SELECT');
    rig.target.deliver(ordinaryMail(1));
    await rig.act({ choice: rig.move, memory, nowSeconds: NOW_SECONDS + 600 });
    expect(rig.target.contents()).toHaveLength(REPORTS + 2);
    expect(await rig.store.reader.afterStates()).toMatchObject([
      { moved: REPORTS + 1, problem: null },
    ]);
  });

  test('the folder itself is no target, nor one that another mailbox empties', async () => {
    const rig = await makeRig();
    const own: AfterChoice = { kind: 'move', folder: rig.folder, create: true };
    expect(await rig.act({ choice: own })).toMatchObject({
      value: { problem: { code: 'own-folder' } },
    });
    const movedFrom = rig.move.kind === 'move' ? [rig.move.folder] : [];
    const circle = await rig.act({ choice: rig.move, movedFrom });
    expect(circle).toMatchObject({ value: { problem: { code: 'circle' } } });
    expect(rig.maildir.contents()).toHaveLength(2 * REPORTS + 2);
  });

  test('who reads the target as well counts nothing twice', async () => {
    const rig = await makeRig();
    await rig.act({ choice: rig.move });
    const folder = rig.move.kind === 'move' ? rig.move.folder : '';
    const address = { user: USER, host: '127.0.0.1', port: 1, security: 'plain', folder } as const;
    const { id } = await rig.store.writer.ensureMailbox('stored', address);
    expect(await rig.look({ folder, mailboxId: id })).toMatchObject({
      ok: true,
      value: { seen: REPORTS + 1, reports: 0 },
    });
    expect(await rig.totalMessages()).toBe(7 * REPORTS);
  });

  test('marked mail can be moved later, when the user chooses anew', async () => {
    const rig = await makeRig();
    await rig.act({ choice: MARK });
    await rig.act({ choice: rig.move });
    expect(rig.target.contents()).toHaveLength(REPORTS + 1);
  });

  test('after a new UIDVALIDITY, mail is known by its new UIDs, and moved once', async () => {
    const rig = await makeRig();
    await rig.act({});
    await new Promise((resolve) => setTimeout(resolve, 1100));
    rig.maildir.forgetUids();
    await rig.act({ choice: rig.move });
    expect(rig.target.contents()).toHaveLength(REPORTS + 1);
    expect(rig.maildir.contents()).toHaveLength(REPORTS + 1);
  });

  test('another mail under the UID of a report is never touched', async () => {
    const rig = await makeRig();
    await rig.act({});
    // As after a restore of the folder: the ledger says that all of these were stored.
    rig.store.run(
      `UPDATE document SET outcome = 'duplicate', reason = NULL, report_id = 1
       WHERE outcome = 'not-a-report'`,
    );
    rig.store.run(
      'UPDATE message SET header_block = (SELECT header_block FROM message WHERE uid = 1)',
    );
    await rig.act({ choice: rig.move });
    expect(rig.target.contents().every(isReport)).toBe(true);
    expect(rig.maildir.contents().filter((mail) => !isReport(mail))).toHaveLength(REPORTS);
    const [state] = await rig.store.reader.afterStates();
    expect(state?.leftAlone).toBeGreaterThanOrEqual(REPORTS);
  });
});
