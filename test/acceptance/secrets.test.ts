import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { MailboxesResponse } from '../../server/api/contract.ts';
import { startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { reportFile } from '../imap/report-files.ts';
import { startScripted, usualAnswer } from '../imap/scripted-server.ts';
import { printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';
import { ruadmap, type RunningProgram, startRuadmap, temporaryDir } from '../program.ts';
import { canary, foundIn, leftIn, privateCanaries, privateMails } from './canaries.ts';

const PASSWORDS = {
  environment: 'plain-pass-of-the-environment',
  special: 'sp€cial "pass\\word" %41&<of>{form}~',
  wrong: 'mistyped-pass-of-a-test',
  echoed: 'echoed-pass-of-a-bad-server',
  url: 'pass-within-the-url',
};

const ADDRESSES = [
  '',
  'api/health',
  'api/mailboxes',
  'api/ledger',
  'api/domains',
  'api/openapi.json',
];

async function post(running: RunningProgram, address: string, body: object): Promise<string> {
  const answer = await fetch(running.url + address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.text();
}

/** Refuses every login, and repeats in its answer all that it was told. */
const echoing = () =>
  startScripted({
    answer: (command) =>
      /^(?:LOGIN|AUTHENTICATE)/.test(command)
        ? { lines: [], tagged: `NO [AUTHENTICATIONFAILED] you said: ${command}` }
        : usualAnswer(command),
  });

function processList({ process: page }: RunningProgram): Record<string, Buffer> {
  const pid = page.pid ?? 0;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const of = (file: string, who: number | string) => readFileSync(`/proc/${who}/${file}`);
  const lists = children.flatMap((child) => [
    [`command line of ${child}`, of('cmdline', child)] as const,
    // The page's process has in its own what the user put there.
    [`environment of ${child}`, of('environ', child)] as const,
  ]);
  return { 'command line': of('cmdline', pid), ...Object.fromEntries(lists) };
}

test.skipIf(isMissing(dovecot))(
  'no secret and no private word is anywhere but where its owner put it',
  async () => {
    const { dir, remove } = temporaryDir();
    const server = await startDovecot({
      'one@example.com': PASSWORDS.environment,
      'two@example.com': PASSWORDS.special,
    });
    const bad = await echoing();
    onTestFinished(async () => {
      await bad.stop();
      await server.stop();
      remove();
    });
    for (const user of ['one@example.com', 'two@example.com']) {
      for (const each of privateMails()) server.maildir(user).deliver(each);
      server.maildir(user).deliver(REPORT_FORMS.multipart(reportFile(user.length)));
    }
    const dataDir = path.join(dir, 'data');
    const environment = {
      RUADMAP_IMAP_URL: `imap://one@example.com@127.0.0.1:${server.port}/INBOX`,
      RUADMAP_IMAP_PASSWORD: PASSWORDS.environment,
    };
    const running = await startRuadmap(
      ['serve', '--data', dataDir, '--log-level', 'debug'],
      environment,
    );
    let printed = '';
    running.process.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const form = { host: '127.0.0.1', security: 'plain', folder: 'INBOX' };
    const two = { ...form, user: 'two@example.com', port: server.port };
    const three = {
      ...form,
      user: 'three@example.com',
      port: bad.port,
      password: PASSWORDS.echoed,
    };
    const answers: Record<string, string> = {
      'answer to a wrong password': await post(running, 'api/mailboxes/test', {
        ...{ ...two, password: PASSWORDS.wrong },
      }),
      'answer to an echo': await post(running, 'api/mailboxes/test', three),
      'answer to a broken form': await post(running, 'api/mailboxes', { ...three, port: 'x' }),
      'answer to a form': await post(running, 'api/mailboxes', {
        ...two,
        password: PASSWORDS.special,
      }),
      'answer to a bad server': await post(running, 'api/mailboxes', three),
    };
    const states = async (): Promise<string[]> => {
      const { mailboxes } = (await (
        await fetch(`${running.url}api/mailboxes`)
      ).json()) as MailboxesResponse;
      return mailboxes.map(({ status }) => status?.state ?? 'none').sort();
    };
    await expect.poll(states, { timeout: 30_000 }).toEqual(['failed', 'up-to-date', 'up-to-date']);
    for (const address of ADDRESSES) {
      answers[`/${address}`] = await (await fetch(running.url + address)).text();
    }
    const list = processList(running);
    const meanwhile = leftIn(dataDir);
    const ended: Record<string, string> = {};
    const run = async (name: string, args: readonly string[], env: Record<string, string> = {}) => {
      const { stdout, stderr } = await ruadmap([...args, '--data', dataDir], env);
      ended[name] = stdout + stderr;
    };
    await run('backup', ['backup', path.join(dir, 'backup.db')]);
    await run('doctor', ['doctor']);
    await run('doctor of a wrong password', ['doctor'], {
      ...{ ...environment, RUADMAP_IMAP_PASSWORD: PASSWORDS.wrong },
    });
    expect(await running.stop()).toBe(0);
    await run('poll with a wrong password', ['poll', '--json'], {
      ...{ ...environment, RUADMAP_IMAP_PASSWORD: PASSWORDS.wrong },
    });
    await run('poll of a server that echoes', ['poll', '--log-level', 'debug'], {
      RUADMAP_IMAP_URL: `imap://three@example.com@127.0.0.1:${bad.port}/INBOX`,
      RUADMAP_IMAP_PASSWORD: PASSWORDS.echoed,
    });
    await run('password within the URL', ['poll'], {
      RUADMAP_IMAP_URL: `imap://one:${PASSWORDS.url}@127.0.0.1:${server.port}/INBOX`,
    });
    await run('password within the flag', [
      'poll',
      '--imap-url',
      `imap://one:${PASSWORDS.url}@h/INBOX`,
    ]);
    ended['standard output'] = printed;
    ended['standard error'] = running.errors();
    const keyFile = path.join(dataDir, 'secret.key');
    const key = Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'hex');
    const withoutKey = (files: Record<string, Buffer>): Record<string, Buffer> =>
      Object.fromEntries(Object.entries(files).filter(([file]) => file !== keyFile));
    const [left, leftMeanwhile] = [withoutKey(leftIn(dir)), withoutKey(meanwhile)];
    const named = Object.entries(PASSWORDS).map(([name, word]) =>
      canary(`password: ${name}`, word),
    );
    const canaries = [...named, canary('key', key), ...privateCanaries()];
    const places = { ...answers, ...list, ...ended, ...left };
    // It would be found where it is.
    expect(foundIn(canaries, { itself: readFileSync(keyFile) })).toEqual(['key in itself']);
    expect(foundIn(canaries, { mail: privateMails().join('') }).length).toBe(20);
    const hits = [...foundIn(canaries, leftMeanwhile), ...foundIn(canaries, places)];
    printFigure({
      ...{
        figure: 'secrets',
        n: canaries.length - new Set(hits.map((hit) => hit.split(' in ')[0])).size,
      },
      ...{ of: canaries.length, full: canaries.length, hits: hits.length },
      ...{ places: Object.keys(places).length + Object.keys(leftMeanwhile).length },
    });
    expect(hits).toEqual([]);
  },
  120_000,
);
