import { domainName } from '../../ingest/domain-name.ts';
import { ensureDataDir } from '../data-dir.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import { forgetJob } from '../keeping-jobs.ts';
import type { Forgettable, Forgotten, ForgetFilter } from '../store/store.ts';
import { print } from './open-domain.ts';
import { withReader } from './read-store.ts';
import { doOrHandOver } from './run-job.ts';
import type { RepairContext } from './verify-command.ts';

export interface ForgetOptions {
  /** Days since 1970, UTC. */
  before: number;
  domain: string | null;
  yes: boolean;
}

/** `ruadmap forget`: says which records it would remove, and removes them only with --yes. */
export async function forgetCommand(
  context: RepairContext,
  { before, domain: wanted, yes }: ForgetOptions,
): Promise<void> {
  const domain = wanted === null ? null : domainName(wanted).domain;
  const filter: ForgetFilter = { beforeDay: before, domain };
  const { json, files, nowSeconds } = context;
  const found = await withReader(files, context.dataDir, async (reader) => {
    const known = await reader.domains({ from: null, to: null });
    if (domain !== null && !known.some((one) => one.domain === domain))
      throw new CommandEnd(exitStatus.usage, `There is no report about ${domain}.`);
    return reader.forgettable(filter);
  });
  if (!yes || found.reports === 0) {
    print(json, { forgotten: false, ...found }, () => wouldForget(found));
    return;
  }
  const dataDir = ensureDataDir(context.dataDir);
  const { said } = await doOrHandOver(
    context,
    { kind: 'forget', filter },
    (ingest) => forgetJob({ ...ingest, dataDir, nowSeconds }, filter),
    () => undefined,
  );
  const done =
    said?.kind === 'forgotten' ? said.forgotten : { reports: 0, records: 0, messages: 0 };
  print(json, { forgotten: true, ...done }, () => [
    `Forgotten: ${sums(done)}.`,
    '  Copies of them may lie in backups, and in the mailbox.',
  ]);
}

const sums = ({ reports, records, messages }: Forgotten): string =>
  `${reports} reports with ${records} records and ${messages} messages`;

function wouldForget(found: Forgettable): string[] {
  if (found.reports === 0) return ['There is no report of that time: nothing to forget.'];
  return [
    `Would remove ${sums(found)}:`,
    ...found.domains.map(({ domain, ...sum }) => `  ${domain || '(no domain)'}: ${sums(sum)}`),
    'Their records, their XML and their part of every sum go for good. That each of them came is kept,',
    'so that it is not counted when its mail is seen again. To remove them, say it again with --yes.',
  ];
}
