import type { RunSummary } from '../api/contract.ts';
import { anotherOwner, ensureDataDir, own } from '../data-dir.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import type { IngestJob, JobEnd, JobProgress, JobResult } from '../ingest-messages.ts';
import { type Ingest, openIngest } from '../open-ingest.ts';
import { handOver } from '../owner-socket.ts';
import type { ProgramFiles } from '../program-files.ts';
import { printable, printableJson } from './printable.ts';

export interface JobContext {
  files: ProgramFiles;
  dataDir: string;
  json: boolean;
}

/**
 * Does a job in this process where nobody owns the data directory, or hands it to the owner; prints
 * what it did.
 */
export async function runJob(
  context: JobContext,
  job: IngestJob,
  work: (ingest: Ingest, onProgress: (progress: JobProgress) => void) => Promise<JobResult>,
): Promise<void> {
  const startedMs = performance.now();
  const progress = await createProgress(context.json);
  const { counts, failures } = await doOrHandOver(context, job, work, progress.update).finally(
    progress.stop,
  );
  const seconds = Math.round(performance.now() - startedMs) / 1000;
  printSummary({ ...counts, seconds }, context.json);
  if (failures.length > 0) throw new CommandEnd(exitStatus.setUp, failures.join('\n'));
}

/** Does a job in this process where nobody owns the data directory, or hands it to the owner. */
export async function doOrHandOver(
  { files, dataDir: wanted }: Omit<JobContext, 'json'>,
  job: IngestJob,
  work: (ingest: Ingest, onProgress: (progress: JobProgress) => void) => Promise<JobResult>,
  onProgress: (progress: JobProgress) => void,
): Promise<JobResult> {
  const dataDir = ensureDataDir(wanted);
  const { lock, ownerPid } = own(dataDir);
  if (lock === null) {
    const end: JobEnd | null = await handOver(dataDir, job, onProgress);
    if (end === null) throw anotherOwner(dataDir, ownerPid);
    if (!end.ok) throw new CommandEnd(exitStatus.internal, end.message);
    return end;
  }
  try {
    const ingest = openIngest(files, dataDir);
    try {
      return await work(ingest, onProgress);
    } finally {
      await ingest.writer.close();
    }
  } finally {
    lock.release();
  }
}

async function createProgress(json: boolean): Promise<{
  update: (progress: JobProgress) => void;
  stop: () => void;
}> {
  if (json || !process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const { SingleBar } = await import('cli-progress');
  const bar = new SingleBar({
    format: '{bar} {value} of {total} · {stored} new · {rate} a second · {eta_formatted} left',
    barsize: 24,
    hideCursor: true,
    stream: process.stderr,
  });
  const startedMs = performance.now();
  bar.start(0, 0, { stored: 0, rate: 0 });
  return {
    update: ({ seen, total, stored }) => {
      const seconds = (performance.now() - startedMs) / 1000;
      bar.setTotal(total ?? seen);
      bar.update(seen, { stored, rate: Math.round(seen / seconds) });
    },
    stop: () => {
      bar.stop();
    },
  };
}

const LISTED_ON_TERMINAL = 20;

function printSummary(summary: RunSummary, json: boolean): void {
  const lines = json ? [printableJson(summary)] : summaryLines(summary);
  process.stdout.write(lines.join('\n') + '\n');
}

function summaryLines(summary: RunSummary): string[] {
  const rate = summary.seconds > 0 ? Math.round(summary.documents / summary.seconds) : 0;
  const lines = [
    `${summary.documents} documents in ${summary.seconds} s (${rate} a second), ${summary.mails} of the files were mails.`,
    `  ${summary.stored} new reports, ${summary.duplicates} repeated, ${summary.conflicts} other versions of a known one.`,
    `  ${summary.notReports} were no aggregate report, ${summary.refused} could not be read.`,
    `  ${summary.records} records with ${summary.messages} messages; ${summary.refusedRows} rows refused.`,
  ];
  for (const { file, member, reason, detail } of summary.problems.slice(0, LISTED_ON_TERMINAL)) {
    lines.push(
      `  ${printable(`${file}${member === '' ? '' : ` ${member}`}: ${reason}: ${detail}`)}`,
    );
  }
  const more = summary.problems.length - LISTED_ON_TERMINAL;
  if (more > 0) lines.push(`  … and ${more} more: run it with --json, or see the Mailboxes page.`);
  return lines;
}
