import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { reportFile } from '../imap/report-files.ts';
import { dovecot, isMissing } from '../parts.ts';
import { type Ended, ruadmap, ruadmapJson, startRuadmap, temporaryDir } from '../program.ts';
import { healthOf, ingestPid, killAll, untilRead } from './storage-rig.ts';

const USER = 'reports@example.com';
/** One for the mailbox of the environment, one for that of the page; as awkward as people choose them. */
const SECRETS = ['canary "one" \\ püß&+%2F', "canary-two $(id) ' <b>"];

/** Every form in which a secret may lie somewhere. */
function formsOf(secret: string): Buffer[] {
  const texts = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(`\0${USER}\0${secret}`).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
  ];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')];
}
const FORMS = SECRETS.flatMap(formsOf);

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());

describe.skipIf(isMissing(dovecot))('C03: the passwords of mailboxes', () => {
  const work = temporaryDir();
  const dataDir = path.join(work.dir, 'data');
  const passwordFile = path.join(work.dir, 'password');
  let server: Dovecot;
  const seen: [place: string, bytes: Buffer][] = [];
  const note = (place: string, text: string | Buffer): void =>
    void seen.push([place, Buffer.from(text)]);

  beforeAll(async () => {
    const [first = '', second = ''] = SECRETS;
    server = await startDovecot({ [USER]: first, 'other@example.com': second });
    server.maildir(USER).deliver(REPORT_FORMS.bare(reportFile(1)));
    writeFileSync(passwordFile, `${first}\n`, { mode: 0o600 });
  });
  afterAll(async () => {
    await server.stop();
    work.remove();
  });

  const noteProcess = (name: string, pid: number): void => {
    for (const file of ['cmdline', 'environ']) {
      note(`${file} of ${name}`, readFileSync(`/proc/${pid}/${file}`));
    }
  };
  const noteRun = (name: string, { stdout, stderr }: Ended): void => note(name, stdout + stderr);

  test('lie nowhere but in the file of the user: not in logs, answers, processes, data or backups', async () => {
    const env = (port: number) => ({
      RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${port}/INBOX`,
      RUADMAP_IMAP_PASSWORD_FILE: passwordFile,
    });
    const serve = ['serve', '--data', dataDir, '--log-level', 'debug'];
    const program = await startRuadmap(serve, env(server.port));
    const save = (user: string, password: string): Promise<Response> =>
      fetch(`${program.url}api/mailboxes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          user,
          host: '127.0.0.1',
          port: server.port,
          security: 'plain',
          folder: 'INBOX',
          password,
        }),
      });
    for (const secret of SECRETS) {
      note('the answer to a mailbox', await (await save('other@example.com', secret)).text());
      const broken = await fetch(`${program.url}api/mailboxes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"password":${JSON.stringify(secret)},`,
      });
      note('the answer to a broken form', await broken.text());
    }
    await untilRead(program);
    noteProcess('serve', program.process.pid ?? 0);
    noteProcess('its reader', await ingestPid(program));
    for (const address of ['', 'api/health', 'api/mailboxes', 'api/ledger', 'api/openapi.json']) {
      note(`/${address}`, await (await fetch(program.url + address)).text());
    }
    note('health', JSON.stringify(await healthOf(program)));
    noteRun(
      'poll beside it',
      await ruadmap(['poll', '--data', dataDir, '--json'], env(server.port)),
    );
    const backup = path.join(work.dir, 'backup.db');
    await ruadmapJson(['backup', backup, '--data', dataDir]);
    note('the backup', readFileSync(backup));
    await killAll(program);
    note('what serve wrote', program.errors());
    noteRun('a poll that is refused', await ruadmap(['poll', '--data', dataDir], env(1)));
    noteRun(
      'doctor',
      await ruadmap(['doctor', '--connect', '--port', '0', '--data', dataDir], env(server.port)),
    );
    for (const file of filesBelow(dataDir)) note(file, readFileSync(file));
    note(
      'the log of a wrong setting',
      (
        await ruadmap(['poll'], {
          ...env(1),
          RUADMAP_IMAP_URL: `imap://u:${encodeURIComponent(SECRETS[0] ?? '')}@h`,
        })
      ).stderr,
    );

    expect(seen.length).toBeGreaterThan(18);
    const leaks = seen.filter(([, bytes]) => FORMS.some((form) => bytes.includes(form)));
    expect(leaks.map(([place]) => place)).toEqual([]);
  }, 90_000);

  test('and the search finds one where it lies', () => {
    const bytes = readFileSync(passwordFile);
    expect(FORMS.some((form) => bytes.includes(form))).toBe(true);
  });
});
