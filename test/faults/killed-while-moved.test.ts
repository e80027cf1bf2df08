import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openReader } from '../../server/store/open.ts';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { PASSWORD, USER } from '../imap/polling.ts';
import { type Judge, type Proxy, startProxy } from '../imap/proxy.ts';
import { reportFile } from '../imap/report-files.ts';
import { inFullOrShare, printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';
import { programEntry, ruadmapJson, temporaryDir } from '../program.ts';

const REPORTS = 8;
const OTHERS = 3;
const ROUNDS = inFullOrShare(10, 1);
const CHOICES = { move: 'move-create:Done', mark: 'mark' } as const;

/** Where the program is killed: the command, and whether the server still gets it. */
const MOMENTS = [
  ['move', 'SELECT', 'lose-command', 'after the commit, before the folder is opened for changes'],
  ['move', 'CREATE', 'lose-answer', 'with the target made'],
  ['move', 'UID MOVE', 'lose-command', 'with the move asked for and not sent'],
  ['move', 'UID MOVE', 'lose-answer', 'with the move done and not noted'],
  ['move', 'LOGOUT', 'lose-answer', 'with all of it noted'],
  ['mark', 'UID STORE', 'lose-command', 'with the mark asked for and not sent'],
  ['mark', 'UID STORE', 'lose-answer', 'with the mark made and not noted'],
] as const;

let server: Dovecot;
let proxy: Proxy;

function makeFolder(serial: number) {
  const folder = `Killed${serial}`;
  const maildir = server.maildir(USER).subfolder(folder);
  for (let index = 0; index < REPORTS; index += 1) {
    maildir.deliver(REPORT_FORMS.multipart(reportFile(index, 3)));
    if (index < OTHERS) maildir.deliver(ordinaryMail(index));
  }
  const target = `Done${serial}`;
  return { folder, maildir, target, moved: server.maildir(USER).subfolder(target) };
}

const envFor = (folder: string, after: string) => ({
  RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${proxy.port}/${folder}`,
  RUADMAP_IMAP_PASSWORD: PASSWORD,
  RUADMAP_IMAP_AFTER: after,
});

/** `ruadmap poll`, killed by signal 9 at the moment at which it sends this command for the first time. */
async function pollAndKill(
  dataDir: string,
  env: Record<string, string>,
  [verb, how]: [verb: string, how: 'lose-command' | 'lose-answer'],
): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [programEntry, 'poll', '--data', dataDir], {
    cwd: tmpdir(),
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] ?? '', RUADMAP_RESOLVER: 'off', ...env },
  });
  const ended = once(child, 'exit');
  const kill: Judge = (sent) => {
    if (!new RegExp(`^[0-9A-F]+ ${verb}\\b`, 'm').test(sent)) return 'pass';
    child.kill('SIGKILL');
    return how;
  };
  proxy.judge(kill);
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  proxy.judge(null);
  return signal;
}

/** What the store holds: reports, messages that they tell of, mails that were seen to. */
async function kept(dataDir: string) {
  const reader = openReader({ dataDir });
  try {
    const { reports, tally } = await reader.totals({ domain: null, from: null, to: null });
    const [state] = await reader.afterStates();
    const done = (state?.moved ?? 0) + (state?.marked ?? 0);
    return { reports, messages: tally.messages, done };
  } finally {
    await reader.close();
  }
}

describe.skipIf(isMissing(dovecot))('killed while stored reports are seen to', () => {
  let serial = 0;
  let right = 0;
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD });
    proxy = await startProxy(server.port);
  });
  afterAll(async () => {
    const of = ROUNDS * MOMENTS.length;
    printFigure({
      figure: 'killed while moved or marked',
      n: right,
      of,
      full: 10 * MOMENTS.length,
    });
    await proxy.stop();
    await server.stop();
  });

  test.each(MOMENTS)(
    'P16: %s, at %s (%s), %s: counted once, and done once',
    async (choice, verb, how) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        serial += 1;
        const work = temporaryDir();
        onTestFinished(() => work.remove());
        const dataDir = path.join(work.dir, 'data');
        const { folder, maildir, target, moved } = makeFolder(serial);
        const env = envFor(folder, CHOICES[choice].replace('Done', target));
        expect(await pollAndKill(dataDir, env, [verb, how])).toBe('SIGKILL');
        expect(await kept(dataDir)).toMatchObject({ reports: REPORTS });
        for (let again = 0; again < 2; again += 1) {
          expect(await ruadmapJson(['poll', '--data', dataDir], env)).toMatchObject({ stored: 0 });
        }
        const { reports, messages, done } = await kept(dataDir);
        expect([reports, messages, done]).toEqual([REPORTS, 3 * REPORTS, REPORTS]);
        const left = maildir.contents();
        const seen = left.filter(({ place }) => /:2,[A-Z]*S/.test(place)).length;
        const places = { left: left.length, moved: moved.contents().length, seen };
        expect(places).toEqual(
          choice === 'move'
            ? { left: OTHERS, moved: REPORTS, seen: 0 }
            : { left: OTHERS + REPORTS, moved: 0, seen: REPORTS },
        );
        right += 1;
      }
    },
    600_000,
  );
});
