import type { Reporter } from 'vitest/node';
import { corpus } from './corpus.ts';
import { chromium, dovecot, strace } from './parts.ts';

/** Ends a run with a line for each part that was missing, so that a skipped suite is not overlooked. */
const SUITES = [
  { part: dovecot, suites: 'reading real mailboxes' },
  { part: chromium, suites: 'the page in a browser' },
  { part: strace, suites: 'the order and reach of system calls' },
  { part: corpus, suites: 'all real reports' },
];

export default class LeftOutReporter implements Reporter {
  onTestRunEnd(): void {
    for (const { part, suites } of SUITES) {
      if (part.path !== null) continue;
      process.stdout.write(`Left out: ${suites}. ${part.name} is missing: ${part.howToGet}\n`);
    }
  }
}
