import path from 'node:path';
import { generateReports } from '../generate/reports.ts';
import { reportMail } from '../generate/mails.ts';
import { startDovecot } from '../imap/dovecot.ts';
import { atLeast, beside, type Figure, median } from './figure.ts';
import { benchEntry, programEntry, timedProcess, withFolder } from './processes.ts';

const SEED = 1;
const MAILS = 5_000;
const RUNS = 5;
const BAR = 0.35;
const USER = 'reports@example.com';
const PASSWORD = 'a-pass-word-of-the-bench';

/** 5,000 mails from Dovecot: `ruadmap poll` against a bare fetch of the same parts, alternated. */
export const benchImap = (): Promise<Figure[]> =>
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
      const fetchBare = () =>
        timedProcess([benchEntry('bare-fetch'), String(server.port), USER, PASSWORD]);
      // The first look builds Dovecot's own index, which is none of ours to be measured.
      fetchBare();
      const bare: number[] = [];
      const ours: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const fetched = fetchBare();
        const polled = timedProcess(
          [programEntry, 'poll', '--data', path.join(folder, `data-${run}`), '--json'],
          {
            RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${server.port}/INBOX`,
            RUADMAP_IMAP_PASSWORD: PASSWORD,
          },
        );
        if (fetched.output['messages'] !== MAILS || polled.output['messages'] !== messages) {
          throw new Error('The two did not read the same mails.');
        }
        bare.push(fetched.seconds);
        ours.push(polled.seconds);
      }
      const ratios = bare.map((seconds, run) => seconds / (ours[run] ?? NaN));
      return [
        atLeast('imap', median(ratios), 'of the rate of a bare fetch', BAR, SEED),
        beside('imap-rate', MAILS / median(ours), 'mails a second', SEED),
        beside('imap-bare-rate', MAILS / median(bare), 'mails a second', SEED),
      ];
    } finally {
      await server.stop();
    }
  });
