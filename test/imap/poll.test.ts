import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newFolderMemory } from '../../ingest/poll-pass.ts';
import { openForWriting } from '../../server/store/connection.ts';
import { storeFiles } from '../../server/store/store-files.ts';
import { createWriter } from '../../server/store/write/writer.ts';
import { dovecot, isMissing } from '../parts.ts';
import { openTempStore, testNaming } from '../server/store/temp-store.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { CANARY, canaryForms, ordinaryMail } from './ordinary-mails.ts';
import { inlineReport, REPORT_FORMS } from './mails.ts';
import { type FolderRig, makeFolderRig } from './folder-rig.ts';
import { NOW_SECONDS, PASSWORD, USER } from './polling.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { reportFile, reportXml } from './report-files.ts';

let server: Dovecot;
let proxy: Proxy;

const makeRig = (): Promise<FolderRig> => makeFolderRig(server, proxy.port);

describe.skipIf(isMissing(dovecot))('a folder on a real server', () => {
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

  test('every form of report is stored, and everything else has its row', async () => {
    const rig = await makeRig();
    const forms = Object.entries(REPORT_FORMS);
    forms.forEach(([, form], index) => rig.maildir.deliver(form(reportFile(index, 10 ** index))));
    rig.maildir.deliver(inlineReport(reportXml(90, 1_000_000)));
    for (let index = 0; index < 24; index += 1) rig.maildir.deliver(ordinaryMail(index));

    const looked = await rig.look();
    expect(looked).toMatchObject({ ok: true, value: { seen: 31, total: 31, reports: 7 } });
    const outcomes = await rig.outcomes();
    for (const [index, [name]] of forms.entries()) {
      expect(outcomes[index + 1], name).toEqual(['stored']);
    }
    expect(outcomes[7]).toEqual(['stored']);
    for (let uid = 8; uid <= 31; uid += 1) expect(outcomes[uid]).toEqual(['ordinary-mail']);
    expect(await rig.totalMessages()).toBe(1_111_111);
  });

  test('nothing in the mailbox changes, and no other mail is read', async () => {
    const rig = await makeRig();
    rig.maildir.deliver(REPORT_FORMS.multipart(reportFile(1)));
    for (let index = 0; index < 16; index += 1) rig.maildir.deliver(ordinaryMail(index));
    const before = rig.maildir.contents();
    expect(before.some(({ bytes }) => bytes.includes(CANARY))).toBe(true);

    await rig.look();
    await rig.look();
    expect(rig.maildir.contents()).toEqual(before);
    expect(before.every(({ place }) => place.startsWith('new/'))).toBe(true);
    for (const form of canaryForms()) expect(proxy.received()).not.toContain(form);
    const verbs = new Set(
      [...proxy.sent().matchAll(/^[0-9A-F]+ ((?:UID )?[A-Z]+)/gm)].map(([, verb]) => verb),
    );
    expect(verbs).toContain('EXAMINE');
    for (const verb of verbs)
      expect(verb).not.toMatch(/SELECT|STORE|COPY|MOVE|EXPUNGE|APPEND|DELETE/);
    expect(proxy.sent()).not.toMatch(/BODY\[/);
  });

  test('nothing of other mail is in the store', async () => {
    const rig = await makeRig();
    for (let index = 0; index < 16; index += 1) rig.maildir.deliver(ordinaryMail(index));
    await rig.look();
    const rows = rig.store.query<{ header_block: unknown }>('SELECT * FROM message');
    expect(rows.every(({ header_block: block }) => block === null)).toBe(true);
    expect(rig.store.query("SELECT name FROM document WHERE name <> ''")).toEqual([]);
  });

  test('the header block of a report is kept', async () => {
    const rig = await makeRig();
    rig.maildir.deliver(REPORT_FORMS.multipart(reportFile(1)));
    await rig.look();
    const [row] = rig.store.query<{ header_block: Buffer }>('SELECT header_block FROM message');
    expect(row?.header_block.toString()).toMatch(/^Date: .*Subject: Report Domain.*\r\n\r\n$/s);
  });

  test('a hundred messages take a handful of commands', async () => {
    const rig = await makeRig();
    for (let serial = 0; serial < 60; serial += 1) {
      rig.maildir.deliver(REPORT_FORMS.multipart(reportFile(serial)));
      if (serial < 40) rig.maildir.deliver(ordinaryMail(serial));
    }
    expect(await rig.look()).toMatchObject({ ok: true, value: { seen: 100, reports: 60 } });
    const fetches = proxy.sent().match(/UID FETCH/g) ?? [];
    // Structures, the first bytes of what nothing speaks for (two kinds of place), and the reports.
    expect(fetches.length).toBeLessThanOrEqual(4);
  });

  test('a second look asks for nothing that was seen', async () => {
    const rig = await makeRig();
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    await rig.look();
    proxy.forget();
    expect(await rig.look()).toMatchObject({ ok: true, value: { seen: 0, reports: 0 } });
    expect(proxy.sent()).not.toContain('FETCH');
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(2)));
    expect(await rig.look()).toMatchObject({ ok: true, value: { seen: 1, reports: 1 } });
  });

  test('P03: a new UIDVALIDITY means a look at everything, and no new report', async () => {
    const rig = await makeRig();
    for (let serial = 0; serial < 5; serial += 1) {
      rig.maildir.deliver(REPORT_FORMS.bare(reportFile(serial)));
    }
    await rig.look();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    rig.maildir.forgetUids();
    expect(await rig.look()).toMatchObject({ ok: true, value: { seen: 5, reports: 0 } });
    expect(await rig.totalMessages()).toBe(5);
  });

  test('P05: a message that is gone when it is asked for is unresolved, and not asked for for ever', async () => {
    const rig = await makeRig();
    const { writer, mailboxId } = rig.store;
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    await rig.look();
    const name = rig.maildir.deliver(REPORT_FORMS.bare(reportFile(2)));
    const other = await openTempStore();
    await rig.look({ ledger: other.writer, mailboxId: other.mailboxId });
    // Begun by a process that was killed, and deleted by the user's own mail program since.
    const { uidValidity } = await writer.folderProgress(mailboxId);
    const key = { mailboxId, uidValidity: uidValidity ?? '', uid: 2, name: '' };
    await writer.beginAttempts([key], NOW_SECONDS);
    await writer.saveFolderProgress(mailboxId, { uidValidity, seenUpToUid: 2 });
    rig.maildir.remove(name);
    const memory = newFolderMemory();
    for (let pass = 0; pass < 2; pass += 1) {
      expect(await rig.look({ memory })).toMatchObject({ ok: true, value: { reports: 0 } });
    }
    expect((await rig.outcomes())[2]).toEqual(['unresolved']);
    proxy.forget();
    await rig.look({ memory });
    expect(proxy.sent()).not.toContain('FETCH');
  });

  test('a message that was in hand at seven deaths and survives its trial is read, at eight it is set aside', async () => {
    const rig = await makeRig();
    const { writer, mailboxId } = rig.store;
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(0)));
    await rig.look();
    for (const serial of [1, 2, 3]) rig.maildir.deliver(REPORT_FORMS.bare(reportFile(serial)));
    const { uidValidity } = await writer.folderProgress(mailboxId);
    const keyOf = (uid: number) => ({ mailboxId, uidValidity: uidValidity ?? '', uid, name: '' });
    for (let death = 1; death <= 7; death += 1) {
      await writer.beginAttempts([keyOf(2), keyOf(3)], NOW_SECONDS);
    }
    await writer.beginAttempts([keyOf(3)], NOW_SECONDS);
    expect(await rig.look()).toMatchObject({ ok: true, value: { reports: 2 } });
    const outcomes = await rig.outcomes();
    expect(outcomes).toEqual({ 1: ['stored'], 2: ['stored'], 3: ['set-aside'], 4: ['stored'] });
    proxy.forget();
    await rig.look();
    expect(proxy.sent()).not.toContain('FETCH');
  });

  test('a store that is full for a while costs nothing: no mark is moved, nothing is set aside', async () => {
    const rig = await makeRig();
    const { writer, mailboxId } = rig.store;
    for (let serial = 0; serial < 60; serial += 1) {
      rig.maildir.deliver(REPORT_FORMS.bare(reportFile(serial)));
    }
    const database = openForWriting(storeFiles(rig.store.dataDir).database);
    const limited = createWriter(database, testNaming);
    const full: typeof limited = {
      ...limited,
      commit: (batch, nowSeconds) => {
        const pages = database.pragma('page_count', { simple: true }) as number;
        database.pragma(`max_page_count = ${pages}`);
        return limited.commit(batch, nowSeconds);
      },
    };
    for (let pass = 0; pass < 4; pass += 1) {
      // Each pass is as of a new process, which knows of the earlier ones by the ledger only.
      await expect(rig.look({ ledger: full })).rejects.toMatchObject({ code: 'disk-full' });
      expect((await writer.folderProgress(mailboxId)).seenUpToUid).toBe(0);
      database.pragma('max_page_count = 1000000');
    }
    await limited.close();
    expect(await rig.look()).toMatchObject({ ok: true, value: { reports: 60 } });
  });

  test('caps are kept without fetching what breaks them', async () => {
    const rig = await makeRig();
    const filler = Buffer.alloc(300_000, 'X-Filler: aaaaaaaaaaaaaaaaaaaa\r\n');
    rig.maildir.deliver(REPORT_FORMS.bare({ ...reportFile(1), bytes: Buffer.alloc(200_000, 7) }));
    rig.maildir.deliver(
      Buffer.concat([filler.subarray(0, 299_968), REPORT_FORMS.bare(reportFile(2))]),
    );
    rig.maildir.deliver(
      Buffer.from(
        `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(500)}--b--\r\n`,
      ),
    );
    const nested = Array.from(
      { length: 60 },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
    );
    rig.maildir.deliver(Buffer.from(nested.join('')));
    await rig.look({ limits: { messageBytes: 250_000, headerBytes: 100_000 } });
    const outcomes = await rig.outcomes();
    expect(outcomes[1]).toEqual(['oversized']);
    expect(outcomes[2]).toEqual(['oversized']);
    expect(outcomes[3]).toEqual(['mime-parts']);
    expect(outcomes[4]).toEqual(['mime-depth']);
  });

  test('a header block above its cap is refused, and cut off on the way', async () => {
    const rig = await makeRig();
    const filler = 'X-Filler: aaaaaaaaaaaaaaaaaaaa\r\n'.repeat(30_000);
    rig.maildir.deliver(Buffer.concat([Buffer.from(filler), REPORT_FORMS.bare(reportFile(2))]));
    await rig.look();
    expect((await rig.outcomes())[1]).toEqual(['header-size']);
    expect(proxy.received().length).toBeLessThan(320_000);
  });

  test('P11: a message at which the connection fails each time is refused, and the others are stored', async () => {
    const rig = await makeRig();
    const memory = newFolderMemory();
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(1)));
    // Its subject alone is larger than any answer that is waited for.
    rig.maildir.deliver(Buffer.from(`Subject: ${'x'.repeat(3_000_000)}\r\n\r\nbody`));
    rig.maildir.deliver(REPORT_FORMS.bare(reportFile(3)));
    for (let pass = 0; pass < 3; pass += 1) {
      const looked = await rig.look({ memory, limits: { messageBytes: 1_000_000 } });
      expect(looked.ok).toBe(false);
    }
    expect(await rig.look({ memory, limits: { messageBytes: 1_000_000 } })).toMatchObject({
      ok: true,
    });
    expect(await rig.outcomes()).toEqual({ 1: ['stored'], 2: ['fetch-failed'], 3: ['stored'] });
  });
});
