import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailboxesResponse } from '../../server/api/contract.ts';
import { accessTo } from '../imap/polling.ts';
import {
  GOOD_MESSAGES,
  CASE_MESSAGES,
  type Misbehaviour,
  scriptOf,
} from '../imap/scripted-mailbox.ts';
import {
  type ScriptedAnswer,
  type ScriptedServer,
  startScripted,
} from '../imap/scripted-server.ts';
import { type RunningProgram, ruadmapJson, startRuadmap, temporaryDir } from '../program.ts';
import { faultIn } from './program-run.ts';
import { healthOf, until } from './storage-rig.ts';

type Mailbox = MailboxesResponse['mailboxes'][number];

const always = (command: RegExp, answer: Partial<ScriptedAnswer>): Misbehaviour => ({
  answer: (asked) =>
    command.test(asked) ? { lines: [], tagged: 'OK done', ...answer } : undefined,
});
const refused = (command: RegExp, tagged: string): Misbehaviour => always(command, { tagged });

interface Case {
  about: string;
  how: Misbehaviour;
  security?: 'plain' | 'starttls' | 'tls';
  words: RegExp;
  /** Somebody must do something: it stands in the health answer and on top of every page. */
  needsSomebody: boolean;
}

const CASES: Case[] = [
  {
    about: 'P02: a server that ends every session',
    how: always(/^EXAMINE/, { lines: ['* BYE Down for the night'], tagged: null, thenEnd: true }),
    ...{ words: /was lost: Down for the night.*tried again by itself/, needsSomebody: false },
  },
  {
    about: 'P07: a server that refuses to open the folder',
    how: refused(/^EXAMINE/, 'NO Mailbox is broken'),
    ...{ words: /said no: Mailbox is broken.*Whoever runs it/, needsSomebody: true },
  },
  {
    about: 'P08: a refused password',
    how: refused(/^LOGIN/, 'NO [AUTHENTICATIONFAILED] Invalid credentials'),
    ...{
      words: /did not accept the user name and password: Invalid.*Check both/,
      needsSomebody: true,
    },
  },
  {
    about: 'P08: an account that is locked for a while',
    how: refused(/^LOGIN/, 'NO [UNAVAILABLE] Later, please'),
    ...{
      words: /asks us to slow down: Later, please.*Nothing needs to be done/,
      needsSomebody: false,
    },
  },
  {
    about: 'P09: a folder that is gone',
    how: refused(/^EXAMINE/, 'NO [NONEXISTENT] Unknown Mailbox'),
    ...{ words: /There is no folder “INBOX”.*Choose one/, needsSomebody: true },
  },
  {
    about: 'P12: a part of 4 GiB',
    how: always(/BODY\.PEEK\[1\]/, { raw: ['* 1 FETCH (UID 1 BODY[1] {4294967295}\r\n'] }),
    ...{
      words: /sent more than a mail server has reason to.*whoever runs the mail server/,
      needsSomebody: true,
    },
  },
  {
    about: 'P15: a server that lets nobody log in',
    how: always(/^CAPABILITY/, { lines: ['* CAPABILITY IMAP4rev1 LOGINDISABLED'] }),
    ...{ words: /lets nobody log in.*No password was sent.*Choose TLS/, needsSomebody: true },
  },
  {
    about: 'P19: a server without STARTTLS',
    ...{ how: {}, security: 'starttls' },
    ...{ words: /does not offer STARTTLS. No password was sent/, needsSomebody: true },
  },
  {
    about: 'P19: a server without TLS',
    ...{ how: {}, security: 'tls' },
    ...{ words: /something that is not TLS.*choose STARTTLS/, needsSomebody: true },
  },
];

describe('mailboxes that cannot be read, beside one that can', () => {
  const servers: ScriptedServer[] = [];
  const work = temporaryDir();
  const dataDir = path.join(work.dir, 'data');
  let program: RunningProgram;

  const askMailboxes = async (): Promise<Mailbox[]> => {
    const answer = await fetch(`${program.url}api/mailboxes`);
    return ((await answer.json()) as MailboxesResponse).mailboxes;
  };
  async function save(how: Misbehaviour, security: Case['security'] = 'plain'): Promise<void> {
    const server = await startScripted(scriptOf(how));
    servers.push(server);
    const { address, password } = accessTo(server.port);
    const answer = await fetch(`${program.url}api/mailboxes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...address, security, password }),
    });
    expect(answer.status).toBe(201);
  }

  beforeAll(async () => {
    program = await startRuadmap(['serve', '--data', dataDir]);
    await save({});
    for (const { how, security } of CASES) await save(how, security);
  });
  afterAll(async () => {
    await program.stop();
    for (const server of servers) await server.stop();
    work.remove();
  });

  test.each(CASES.map((one, place) => [one.about, one, place] as const))(
    '%s is told in words',
    async (_, { words, needsSomebody }, place) => {
      const port = servers[place + 1]?.port;
      const found = await until(
        async () => (await askMailboxes()).find((mailbox) => mailbox.port === port),
        (mailbox) => mailbox?.status?.problem != null,
        30,
      );
      const { message, advice } = found?.status?.problem ?? { message: '', advice: '' };
      expect(`${message} ${advice}`).toMatch(words);
      const { status, attention } = await healthOf(program);
      expect(attention.some((line) => line.includes(message))).toBe(needsSomebody);
      expect(status).toBe('attention');
    },
  );

  test('the one beside them is read, and nothing has failed in the program', async () => {
    const [good] = await until(
      askMailboxes,
      ([first]) => first?.status?.state === 'up-to-date',
      30,
    );
    expect(good?.counts).toMatchObject({ messages: 3, stored: 3, refused: 0 });
    const totals = await ruadmapJson(['totals', '--data', dataDir]);
    expect(totals).toMatchObject({
      reports: 3,
      messages: GOOD_MESSAGES[0] + CASE_MESSAGES + GOOD_MESSAGES[1],
    });
    expect(faultIn(program.errors())).toBeNull();
    expect((await healthOf(program)).ingest).toEqual({ state: 'running', restarts: 0 });
  });
});
