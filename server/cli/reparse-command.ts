import { CommandEnd, exitStatus } from '../exit-status.ts';
import { reparseJob } from '../keeping-jobs.ts';
import type { Reparsed } from '../repair/reparse.ts';
import { print } from './open-domain.ts';
import { doOrHandOver } from './run-job.ts';
import type { RepairContext } from './verify-command.ts';

/** `ruadmap reparse`: today's parser over the kept bytes, one transaction a report. */
export async function reparseCommand(context: RepairContext, only: number | null): Promise<void> {
  const { files, dataDir, nowSeconds } = context;
  const { said } = await doOrHandOver(
    context,
    { kind: 'reparse', reportId: only },
    (ingest) => reparseJob({ ...ingest, files, dataDir, nowSeconds }, only),
    () => undefined,
  );
  if (said?.kind !== 'reparsed') throw new Error('Nothing was said of what was read again.');
  const { reparsed: done } = said;
  if (only !== null && done.reports === 0)
    throw new CommandEnd(exitStatus.usage, `There is no report ${only}.`);
  print(context.json, done, () => lines(done));
}

const LISTED = 20;

function lines({ reports, unchanged, withoutBytes, changed, refused }: Reparsed): string[] {
  const said = [
    ...changed.map(({ id, changes }) => `  report ${id}: ${changes.join('; ')}`),
    ...refused.map(
      ({ id, reason, detail }) =>
        `  report ${id}: not readable now (${reason}: ${detail}), what was stored stays`,
    ),
  ];
  return [
    `${reports} reports: ${unchanged} as before, ${changed.length} changed, ${refused.length} not readable now, ${withoutBytes} without kept bytes.`,
    ...said.slice(0, LISTED),
    ...(said.length > LISTED ? [`  … and ${said.length - LISTED} more: run it with --json.`] : []),
  ];
}
