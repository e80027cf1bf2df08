import { formatPeriod, formatUtc } from '../format.ts';
import { dayOf } from '../period.ts';
import { Nothing } from '../parts/numbers.tsx';

interface ReportDaysProps {
  beginSeconds: number | null;
  endSeconds: number | null;
}

/** The UTC days that a report covers; the exact seconds are at hand. */
export function ReportDays({ beginSeconds, endSeconds }: ReportDaysProps) {
  if (beginSeconds === null || endSeconds === null) return <Nothing words="not dated" />;
  return (
    <span class="seen" title={`${formatUtc(beginSeconds)} to ${formatUtc(endSeconds)}`}>
      {formatPeriod(dayOf(beginSeconds), dayOf(lastSecond(beginSeconds, endSeconds)))}
    </span>
  );
}

/** Many reports end at midnight and mean the second before. */
const lastSecond = (beginSeconds: number, endSeconds: number): number =>
  endSeconds > beginSeconds && endSeconds % 86_400 === 0 ? endSeconds - 1 : endSeconds;
