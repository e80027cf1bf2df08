import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { reportFile, reportXml } from '../imap/report-files.ts';
import { dovecot, isMissing } from '../parts.ts';
import { ruadmapJson, startRuadmap, temporaryDir } from '../program.ts';
import { type ProgramEnd, runProgram, sleep } from './program-run.ts';
import { expectWhole, query } from './store-truth.ts';

const USER = 'reports@example.com';
const PASSWORD = 'a pass phrase of the test';
const REPORTS = 30;
/** Where the poison lies among them. */
const POISON_UID = 13;
const POISON = 'ends-whoever-reads-this';

/** Ends the process by a signal once the content of the poison mail is being read, as a crash in a parser would. */
const deadly = (signal: string): string => {
  const hook = `
    import { syncBuiltinESMExports } from 'node:module';
    import zlib from 'node:zlib';
    const { inflateRawSync } = zlib;
    zlib.inflateRawSync = (...given) => {
      const inflated = inflateRawSync(...given);
      const content = Buffer.isBuffer(inflated) ? inflated : inflated.buffer;
      if (content.includes('${POISON}')) process.kill(process.pid, '${signal}');
      return inflated;
    };
    syncBuiltinESMExports();`;
  return `--import=data:text/javascript,${encodeURIComponent(hook)}`;
};

const mails = (): Buffer[] =>
  Array.from({ length: REPORTS }, (_, place) => {
    if (place + 1 !== POISON_UID) return REPORT_FORMS.multipart(reportFile(place, 7));
    const xml = reportXml(place, 7).replace('receiver.example', POISON);
    return REPORT_FORMS.multipart({ ...reportFile(place), bytes: gzipSync(xml) });
  });

let work: ReturnType<typeof temporaryDir>;
let dataDir: string;
let server: Dovecot | null;

beforeEach(() => {
  work = temporaryDir();
  dataDir = path.join(work.dir, 'data');
  server = null;
});
afterEach(async () => {
  await server?.stop();
  work.remove();
});

interface Row {
  uid: number;
  state: string;
  attempts: number;
}

const rows = (): Row[] =>
  query<Row>(dataDir, 'SELECT uid, state, attempts FROM message ORDER BY uid');

/** Everything but the poison is stored, and the poison is told of. */
async function expectSetAside(): Promise<void> {
  expectWhole(dataDir);
  const notDone = query<{ state: string }>(
    dataDir,
    "SELECT state FROM message WHERE state <> 'done'",
  );
  expect(notDone).toEqual([{ state: 'set-aside' }]);
  expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject({
    reports: REPORTS - 1,
    messages: 7 * (REPORTS - 1),
  });
}

describe.skipIf(isMissing(dovecot))('S14: a mail that kills whoever reads it', () => {
  async function mailbox(): Promise<Record<string, string>> {
    server = await startDovecot({ [USER]: PASSWORD });
    for (const mail of mails()) server.maildir(USER).deliver(mail);
    return {
      RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${server.port}/INBOX`,
      RUADMAP_IMAP_PASSWORD: PASSWORD,
    };
  }

  test.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'])(
    'by %s is counted before the death, and set aside at the second start of poll',
    async (signal) => {
      const env = { ...(await mailbox()), NODE_OPTIONS: deadly(signal) };
      const poll = (): Promise<ProgramEnd> =>
        runProgram(['poll', '--json', '--data', dataDir], { env }).ended;
      expect(await poll()).toMatchObject({ signal });
      expect(rows().filter(({ attempts }) => attempts > 0)).toHaveLength(REPORTS);
      for (let start = 2; start <= 3; start += 1) {
        expect(await poll()).toEqual({ status: 0, signal: null });
        await expectSetAside();
      }
    },
    60_000,
  );

  test('is set aside by a running Ruadmap, which answers all the while and starts once more', async () => {
    const env = { ...(await mailbox()), NODE_OPTIONS: deadly('SIGKILL') };
    const running = await startRuadmap(['serve', '--data', dataDir], env);
    const isDone = (): boolean => rows().some(({ state }) => state === 'set-aside');
    let answers = 0;
    for (let wait = 0; wait < 400 && !isDone(); wait += 1) {
      const { ok } = await fetch(`${running.url}api/health`);
      expect(ok).toBe(true);
      answers += 1;
      await sleep(50);
    }
    expect(answers).toBeGreaterThan(5);
    await sleep(1500);
    const health = await (await fetch(`${running.url}api/health`)).json();
    expect(health).toMatchObject({ ingest: { state: 'running', restarts: 1 } });
    expect(await running.stop()).toBe(0);
    expect(running.errors()).toBe('');
    await expectSetAside();
  }, 60_000);
});

test('S14: a file that kills whoever reads it is set aside by the second import', async () => {
  const folder = path.join(work.dir, 'mails');
  mkdirSync(folder);
  for (const [place, mail] of mails().entries()) {
    writeFileSync(path.join(folder, `${String(place).padStart(3, '0')}.eml`), mail);
  }
  const env = { NODE_OPTIONS: deadly('SIGKILL') };
  const start = () => runProgram(['import', folder, '--json', '--data', dataDir], { env });
  expect(await start().ended).toMatchObject({ signal: 'SIGKILL' });
  const second = start();
  expect(await second.ended).toEqual({ status: 0, signal: null });
  expect(JSON.parse(second.stdout())).toMatchObject({
    problems: [{ reason: 'crashed', file: path.join(folder, '012.eml') }],
  });
  await expectSetAside();
  expect(await start().ended).toEqual({ status: 0, signal: null });
  await expectSetAside();
}, 60_000);
