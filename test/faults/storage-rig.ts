import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthResponse } from '../../server/api/contract.ts';
import { reportMail } from '../generate/mails.ts';
import { generateReports } from '../generate/reports.ts';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { type RunningProgram, startRuadmap, temporaryDir } from '../program.ts';

const USER = 'reports@example.com';
const PASSWORD = 'a password of nobody';
const DISK_BYTES = 96 * 1024 * 1024;

export const isRoot = (): boolean => process.getuid?.() === 0;

/** A mailbox of generated reports on a real server; nothing that reads it changes it. */
export interface MailedReports {
  env: Record<string, string>;
  stop: () => Promise<void>;
  server: Dovecot;
}

export async function mailReports(reports: number, seed: number): Promise<MailedReports> {
  const server = await startDovecot({ [USER]: PASSWORD });
  deliverReports(server, reports, seed);
  const env = {
    RUADMAP_IMAP_URL: `imap://${encodeURIComponent(USER)}@127.0.0.1:${server.port}/INBOX`,
    RUADMAP_IMAP_PASSWORD: PASSWORD,
  };
  return { env, server, stop: () => server.stop() };
}

export function deliverReports(server: Dovecot, reports: number, seed: number): void {
  const maildir = server.maildir(USER);
  for (const report of generateReports({ seed, reports })) {
    maildir.deliver(reportMail(report, 'multipart'));
  }
}

/** A disk of a test's own in memory, filled up but for so much room. Mounting takes root. */
export interface SmallDisk {
  dir: string;
  free: () => void;
  remove: () => void;
}

export function smallDisk(roomBytes: number): SmallDisk {
  const { dir, remove } = temporaryDir();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=0755`, 'tmpfs', dir]);
  const ballast = path.join(dir, 'ballast');
  writeFileSync(ballast, Buffer.alloc(DISK_BYTES - roomBytes));
  return {
    dir,
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      execFileSync('umount', ['-l', dir]);
      remove();
    },
  };
}

export const serveMailbox = (
  dataDir: string,
  mailed: MailedReports,
  through: readonly string[] = [],
): Promise<RunningProgram> => startRuadmap(['serve', '--data', dataDir], mailed.env, through);

/** The process that reads mail: the one child of a running program. */
export const ingestPid = (program: RunningProgram): Promise<number> =>
  until(
    async () => {
      const pid = program.process.pid ?? 0;
      return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]);
    },
    (pid) => pid > 0,
    10,
  );

export const healthOf = async ({ url }: RunningProgram): Promise<HealthResponse> => {
  const answer = await fetch(`${url}api/health`);
  if (answer.status !== 200) throw new Error(`health answered ${answer.status}`);
  return (await answer.json()) as HealthResponse;
};

/** Ends both processes of a running program at once. */
export async function killAll({ process: child }: RunningProgram): Promise<void> {
  const pid = child.pid ?? 0;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const ended = once(child, 'exit');
  for (const each of [pid, ...children.map(Number)]) process.kill(each, 'SIGKILL');
  await ended;
}

/** Asks four times a second until the answer is as wanted. @throws with the last answer when it is not in time */
export async function until<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  seconds = 60,
): Promise<T> {
  const deadlineMs = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (performance.now() > deadlineMs) throw new Error(`At last: ${JSON.stringify(answer)}`);
    await sleep(250);
  }
}

export const untilAttention = (program: RunningProgram, words: RegExp, seconds?: number) =>
  until(
    () => healthOf(program),
    ({ attention }) => words.test(attention.join(' ')),
    seconds,
  );

/** What a page asks for while reading has paused. @throws where an answer is not 200 */
export async function expectPageAlive({ url }: RunningProgram): Promise<void> {
  for (const address of ['', 'api/domains', 'api/mailboxes', 'api/ledger']) {
    const { status } = await fetch(url + address);
    if (status !== 200) throw new Error(`/${address} answered ${status} while reading has paused`);
  }
}

/** Until every mail of the mailbox is looked at. */
export async function untilRead(program: RunningProgram, seconds?: number): Promise<void> {
  const ask = async () => await (await fetch(`${program.url}api/mailboxes`)).json();
  await until(ask, (answer) => JSON.stringify(answer).includes('"state":"up-to-date"'), seconds);
}
