import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpus, corpusDir } from '../corpus.ts';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { canaryForms, ordinaryMail } from '../imap/ordinary-mails.ts';
import { type Proxy, startProxy } from '../imap/proxy.ts';
import { expectedTotals, readManifest } from '../manifest.ts';
import { dovecot, isMissing } from '../parts.ts';
import { ruadmap, ruadmapJson, temporaryDir } from '../program.ts';

const USER = 'postmaster@example.com';
const PASSWORD = 'a-pass-word-of-the-test';
const ORDINARY_MAILS = 200;

let server: Dovecot;
let proxy: Proxy;
let work: ReturnType<typeof temporaryDir>;

/** Every file of the corpus as a mail; files that are mails already go as they are. */
function reportMails(folder: string): Buffer[] {
  const files = [...new Set(readManifest(folder).map(({ file }) => file))];
  const forms = Object.values(REPORT_FORMS);
  return files.map((file, index) => {
    const bytes = readFileSync(path.join(folder, file));
    const form = forms[index % forms.length];
    return file.endsWith('.eml') || !form ? bytes : form({ name: path.basename(file), bytes });
  });
}

const everythingIn = (dir: string): string =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

describe.skipIf([corpus, dovecot].some(isMissing))('all real reports among ordinary mail', () => {
  beforeAll(async () => {
    work = temporaryDir();
    server = await startDovecot({ [USER]: PASSWORD });
    proxy = await startProxy(server.port);
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
    work.remove();
  });

  test('give the totals of the manifest, and nothing else is read or changed', async () => {
    const folder = corpusDir ?? '';
    const maildir = server.maildir(USER);
    const reports = reportMails(folder);
    for (const [index, mail] of reports.entries()) {
      maildir.deliver(mail);
      if (index < ORDINARY_MAILS) maildir.deliver(ordinaryMail(index));
    }
    const before = maildir.contents().map(({ place }) => place);
    const dataDir = path.join(work.dir, 'data');
    const env = {
      RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${proxy.port}/INBOX`,
      RUADMAP_IMAP_PASSWORD: PASSWORD,
    };
    const poll = ['poll', '--data', dataDir, '--log-level', 'debug', '--json'];
    const { status, stdout, stderr } = await ruadmap(poll, env);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const summary = JSON.parse(stdout) as { mails: number; stored: number };
    expect(summary.mails).toBe(reports.length + Math.min(ORDINARY_MAILS, reports.length));
    expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject(
      expectedTotals(readManifest(folder)),
    );

    expect(maildir.contents().map(({ place }) => place)).toEqual(before);
    expect(proxy.sent()).not.toMatch(/\bSELECT\b|\bSTORE\b|BODY\[(?!.*PEEK)/);
    const seen = everythingIn(dataDir) + stdout + stderr;
    for (const canary of canaryForms()) expect(seen).not.toContain(canary);
    expect(seen).not.toContain(PASSWORD);

    const again = await ruadmapJson<{ mails: number; stored: number }>(
      ['poll', '--data', dataDir],
      env,
    );
    expect(again).toMatchObject({ mails: 0, stored: 0 });
  });

  test('no body of a mail that cannot be a report passes the wire', () => {
    // Letters, newsletters, bounces, invitations and documents say so by their structure; archives
    // without a telling name are looked at for 512 bytes, in which the canary of the rig does not lie.
    for (const canary of canaryForms()) expect(proxy.received()).not.toContain(canary);
  });
});
