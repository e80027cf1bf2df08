import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { HealthResponse, MailboxesResponse } from '../../server/api/contract.ts';
import { startDovecot } from '../imap/dovecot.ts';
import { inFullOrShare, printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';
import { type RunningProgram, startRuadmap, temporaryDir } from '../program.ts';
import { brokenMailRows } from './m-broken.ts';
import { reportFormRows } from './m-forms.ts';
import { hostileMailRows, ordinaryMailRows } from './m-hostile.ts';
import { goodMail } from './mails.ts';
import type { MatrixCase, MatrixRow } from './row.ts';
import { nameRows } from './v-names.ts';
import { resultRows } from './v-results.ts';
import { valueRows } from './v-values.ts';
import { doctypeRows } from './x-doctype.ts';
import { encodingRows } from './x-encoding.ts';
import { limitRows } from './x-limits.ts';
import { shapeRows } from './x-shape.ts';
import { compressionRows } from './z-gzip.ts';
import { zipRows } from './z-zip.ts';

const USER = 'reports@example.com';
const PASSWORD = 'a pass phrase of the test';
const MOST_PAGE_MB = 200;
const MOST_INGEST_MB = 300;
/** A share leaves out what is large, and most of the rest. */
const EVERY = inFullOrShare(1, 6);
const MOST_SECONDS = inFullOrShare(1_500, 100);

const SEED = 7489;
const ROWS: readonly ((seed: number) => readonly MatrixRow[])[] = [
  ...[ordinaryMailRows, hostileMailRows, brokenMailRows, reportFormRows, doctypeRows, encodingRows],
  ...[limitRows, shapeRows, compressionRows, zipRows, nameRows, resultRows, valueRows],
];

const rowsOf = (): MatrixRow[] =>
  ROWS.flatMap((rows) => [...rows(SEED)]).filter(
    ({ inOwnProcess }) => EVERY === 1 || inOwnProcess !== true,
  );

async function deliverAll(
  deliver: (mail: Buffer) => void,
): Promise<{ rows: number; mails: number }> {
  const rows = rowsOf();
  let place = 0;
  let mails = 0;
  for (const row of rows) {
    const cases: readonly MatrixCase[] = await row.cases();
    for (const one of cases) {
      place += 1;
      if (place % EVERY !== 0) continue;
      deliver(one.mail());
      deliver(goodMail(place));
      mails += 2;
    }
  }
  return { rows: rows.length, mails };
}

/** The most that the process ever held, in MB. */
function peakMb(pid: number): number {
  const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  return (Number(kib) * 1024) / 1e6;
}

async function ask<T>(running: RunningProgram, address: string): Promise<T> {
  const answer = await fetch(running.url + address);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

test.skipIf(isMissing(dovecot))(
  'both processes keep within their memory over the whole matrix, and the page answers',
  async () => {
    const { dir, remove } = temporaryDir();
    const server = await startDovecot({ [USER]: PASSWORD });
    onTestFinished(async () => {
      await server.stop();
      remove();
    });
    const { rows, mails } = await deliverAll((mail) => server.maildir(USER).deliver(mail));
    const running = await startRuadmap(['serve', '--data', dir], {
      RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${server.port}/INBOX`,
      RUADMAP_IMAP_PASSWORD: PASSWORD,
    });
    const page = running.process.pid ?? 0;
    let [pageMb, ingestMb, answers, slowestMs, restarts] = [0, 0, 0, 0, 0];
    let state: string | undefined;
    const endMs = performance.now() + MOST_SECONDS * 1000;
    while (state !== 'up-to-date' && performance.now() < endMs) {
      const askedMs = performance.now();
      const health = await ask<HealthResponse>(running, 'api/health');
      await ask(running, 'api/domains');
      await ask(running, 'api/ledger');
      slowestMs = Math.max(slowestMs, performance.now() - askedMs);
      const { mailboxes } = await ask<MailboxesResponse>(running, 'api/mailboxes');
      state = mailboxes[0]?.status?.state;
      answers += 4;
      restarts = health.ingest.restarts;
      const children = readFileSync(`/proc/${page}/task/${page}/children`, 'utf8').trim();
      pageMb = Math.max(pageMb, peakMb(page));
      if (children !== '') ingestMb = Math.max(ingestMb, peakMb(Number(children.split(' ')[0])));
      await sleep(100);
    }
    expect(await running.stop()).toBe(0);
    const isKept = state === 'up-to-date' && pageMb < MOST_PAGE_MB && ingestMb < MOST_INGEST_MB;
    printFigure({
      ...{ figure: 'matrix-memory', n: isKept && restarts === 0 ? rows : 0, of: rows, full: rows },
      ...{
        mails,
        'page-mb': Math.round(pageMb),
        'ingest-mb': Math.round(ingestMb),
        restarts,
        answers,
      },
      'slowest-ms': Math.round(slowestMs),
    });
    expect(state).toBe('up-to-date');
    expect(restarts).toBe(0);
    expect(pageMb).toBeLessThan(MOST_PAGE_MB);
    expect(ingestMb).toBeLessThan(MOST_INGEST_MB);
  },
  1_800_000,
);
