import path from 'node:path';
import { generateReports } from '../generate/reports.ts';
import { reportMail } from '../generate/mails.ts';
import { startDovecot } from '../imap/dovecot.ts';
import { startProxy } from '../imap/proxy.ts';
import { atLeast, beside, type Figure, median } from './figure.ts';
import { benchEntry, programEntry, timedProcess, withFolder } from './processes.ts';

const SEED = 1;
const MAILS = 5_000;
const RUNS = 5;
const BAR = 0.35;
/** Half of it in each direction. */
const FAR_MS = 30;
const FAR_BAR = 0.5;
const USER = 'reports@example.com';
const PASSWORD = 'a-pass-word-of-the-bench';

/** 5,000 mails from Dovecot: `ruadmap poll` against a bare fetch of the same parts, alternated. */
export const benchImap = (): Promise<Figure[]> =>
  withFullMailbox((folder, port, messages) => compare('imap', BAR, folder, port, messages));

/** The same through a proxy that makes every round trip 30 ms longer. */
export const benchImapFar = (): Promise<Figure[]> =>
  withFullMailbox(async (folder, port, messages) => {
    const proxy = await startProxy(port, FAR_MS / 2);
    try {
      return await compare('imap-30ms', FAR_BAR, folder, proxy.port, messages, () =>
        proxy.forget(),
      );
    } finally {
      await proxy.stop();
    }
  });

const withFullMailbox = (
  use: (folder: string, port: number, messages: number) => Promise<Figure[]>,
): Promise<Figure[]> =>
  withFolder(async (folder) => {
    const server = await startDovecot({ [USER]: PASSWORD });
    try {
      const maildir = server.maildir(USER);
      let serial = 0;
      let messages = 0;
      for (const report of generateReports({ seed: SEED, reports: MAILS })) {
        maildir.deliver(reportMail(report, serial++ % 2 === 0 ? 'multipart' : 'bare'));
        messages += report.expected.messages;
      }
      return await use(folder, server.port, messages);
    } finally {
      await server.stop();
    }
  });

/** @param between called after each process, to let go of what is not needed any more. */
async function compare(
  name: string,
  bar: number,
  folder: string,
  port: number,
  messages: number,
  between: () => void = () => undefined,
): Promise<Figure[]> {
  const fetchBare = () => timedProcess([benchEntry('bare-fetch'), String(port), USER, PASSWORD]);
  // The first look builds Dovecot's own index, which is none of ours to be measured.
  await fetchBare();
  const [bare, ours]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    between();
    const fetched = await fetchBare();
    between();
    const polled = await timedProcess(
      [programEntry, 'poll', '--data', path.join(folder, `${name}-${run}`), '--json'],
      {
        RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${port}/INBOX`,
        RUADMAP_IMAP_PASSWORD: PASSWORD,
      },
    );
    if (fetched.output['messages'] !== MAILS || polled.output['messages'] !== messages)
      throw new Error('The two did not read the same mails.');
    bare.push(fetched.seconds);
    ours.push(polled.seconds);
  }
  const ratios = bare.map((seconds, run) => seconds / (ours[run] ?? NaN));
  return [
    atLeast(name, median(ratios), 'of the rate of a bare fetch', bar, SEED),
    beside(`${name}-rate`, MAILS / median(ours), 'mails a second', SEED),
    beside(`${name}-bare-rate`, MAILS / median(bare), 'mails a second', SEED),
  ];
}
