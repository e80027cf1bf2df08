import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { reportFile } from '../imap/report-files.ts';
import { dovecot, isMissing } from '../parts.ts';
import { type RunningProgram, ruadmapJson, startRuadmap, temporaryDir } from '../program.ts';
import { aDayOfRuadmap, countIn, inStore, olderBy } from './aged-store.ts';

const USER = 'postmaster@example.com';
const PASSWORD = 'a-pass-word-of-the-test';
const REPORTS = 4;
const OTHERS = 3;
/** Of a UIDVALIDITY that is the time in seconds. */
const NEXT_SECOND_MS = 1_100;

let server: Dovecot;
let work: ReturnType<typeof temporaryDir>;
let dataDir: string;
let running: RunningProgram | null;

const env = () => ({
  RUADMAP_IMAP_URL: `imap://${encodeURIComponent(USER)}@127.0.0.1:${server.port}/INBOX`,
  RUADMAP_IMAP_PASSWORD: PASSWORD,
});
const poll = () => ruadmapJson<Record<string, number>>(['poll', '--data', dataDir], env());
const totals = () => ruadmapJson<Record<string, number>>(['totals', '--data', dataDir]);
const deliverReports = (from: number, to: number): void => {
  for (let serial = from; serial < to; serial += 1)
    server.maildir(USER).deliver(REPORT_FORMS.multipart(reportFile(serial)));
};

describe.skipIf(isMissing(dovecot))('what is kept of a mailbox', () => {
  beforeEach(async () => {
    work = temporaryDir();
    dataDir = path.join(work.dir, 'data');
    running = null;
    server = await startDovecot({ [USER]: PASSWORD });
    deliverReports(0, REPORTS);
    for (let at = 0; at < OTHERS; at += 1) server.maildir(USER).deliver(ordinaryMail(at));
  });
  afterEach(async () => {
    await running?.stop();
    await server.stop();
    work.remove();
  });

  test('goes by age, and no mail is read again or counts twice, also when the folder is numbered anew', async () => {
    expect(await poll()).toMatchObject({ stored: REPORTS, notReports: OTHERS });
    const before = await totals();
    olderBy(dataDir, 800);
    await aDayOfRuadmap(dataDir);
    expect([countIn(dataDir, 'message'), countIn(dataDir, 'kept')]).toEqual([REPORTS, 0]);
    expect(await poll()).toMatchObject({ mails: 0, documents: 0 });

    await sleep(NEXT_SECOND_MS);
    server.maildir(USER).forgetUids();
    expect(await poll()).toMatchObject({
      ...{ mails: REPORTS + OTHERS, stored: 0, conflicts: 0 },
      ...{ duplicates: REPORTS, notReports: OTHERS },
    });
    expect(await totals()).toEqual(before);
    expect(await ruadmapJson(['verify', '--data', dataDir])).toMatchObject({ ok: true });
  });

  test('is read on from where an old backup ends, and counts once', async () => {
    await poll();
    const backup = path.join(work.dir, 'backup.db');
    await ruadmapJson(['backup', backup, '--data', dataDir]);
    deliverReports(REPORTS, REPORTS + 3);
    expect(await poll()).toMatchObject({ stored: 3 });
    const before = await totals();
    await ruadmapJson(['restore', backup, '--force', '--data', dataDir]);
    expect(await totals()).toMatchObject({ reports: REPORTS });
    expect(await poll()).toMatchObject({ mails: 3, stored: 3 });
    expect(await totals()).toEqual(before);
  });

  test('and was refused is fetched again by Try again, where its bytes are gone', async () => {
    server.maildir(USER).deliver(
      REPORT_FORMS.multipart({
        ...reportFile(9),
        bytes: Buffer.from('<feedback><report_metadata>'),
      }),
    );
    expect(await poll()).toMatchObject({ stored: REPORTS, refused: 1 });
    const id = inStore(dataDir, (database) => {
      database.exec('DELETE FROM kept; DELETE FROM kept_refused');
      const refused = "SELECT message_id FROM document WHERE outcome = 'refused'";
      return Number(database.prepare(refused).pluck().get());
    });
    running = await startRuadmap(['serve', '--data', dataDir], env());
    const answer = await fetch(`${running.url}api/ledger/${id}/retry`, {
      ...{ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
    });
    expect(await answer.json()).toMatchObject({ retried: [{ outcome: 'fetched-at-next-poll' }] });
    await expect.poll(() => countIn(dataDir, 'kept_refused'), { timeout: 20_000 }).toBe(1);
    expect(countIn(dataDir, "message WHERE state <> 'done'")).toBe(0);
  });
});
