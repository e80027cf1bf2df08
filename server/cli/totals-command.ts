import type { ProgramFiles } from '../program-files.ts';
import type { DayRange, Totals } from '../store/store.ts';
import { withReader } from './read-store.ts';

/** `ruadmap totals`: sums of `<count>` over all counted reports, as JSON or in words. */
export async function totalsCommand(
  files: ProgramFiles,
  dataDir: string,
  filter: DayRange & { domain: string | null },
  json: boolean,
): Promise<void> {
  await withReader(files, dataDir, async (reader) => {
    const totals = totalsAnswer(await reader.totals(filter));
    process.stdout.write((json ? JSON.stringify(totals) : totalsText(totals)) + '\n');
  });
}

interface TotalsAnswer {
  reports: number;
  records: number;
  messages: number;
  dmarcAligned: number;
  dkimAligned: number;
  spfAligned: number;
  unstated: number;
  dispositions: Record<string, number>;
}

export function totalsAnswer({ reports, records, tally }: Totals): TotalsAnswer {
  const { messages, dmarcAligned, dkimAligned, spfAligned, unstated } = tally;
  const { pass, unstated: notSaid, ...dispositions } = tally.dispositions;
  // What the standard's first edition does not know is listed only where it was seen.
  const rare = { ...(pass > 0 && { pass }), ...(notSaid > 0 && { unstated: notSaid }) };
  return {
    reports,
    records,
    messages,
    dmarcAligned,
    dkimAligned,
    spfAligned,
    unstated,
    dispositions: { ...dispositions, ...rare },
  };
}

function totalsText(totals: TotalsAnswer): string {
  const { messages } = totals;
  const share = (count: number): string =>
    messages === 0 ? `${count}` : `${count} (${((100 * count) / messages).toFixed(1)}%)`;
  return [
    `${totals.reports} reports with ${totals.records} records: ${messages} messages.`,
    `  aligned (DMARC)    ${share(totals.dmarcAligned)}`,
    `  aligned by DKIM    ${share(totals.dkimAligned)}`,
    `  aligned by SPF     ${share(totals.spfAligned)}`,
    `  not fully stated   ${share(totals.unstated)}`,
    ...Object.entries(totals.dispositions).map(
      ([disposition, count]) => `  disposition ${disposition.padEnd(11)}${share(count)}`,
    ),
  ].join('\n');
}
