import { formatQuantity, formatShare } from '../format.ts';
import { type TrendDay, sparklinePaths } from '../sparkline-paths.ts';

const HEIGHT = 24;

/** A row of small bars, a day each: aligned messages below, the others on top. */
export function Sparkline({ days }: { days: readonly TrendDay[] }) {
  const paths = sparklinePaths(days, HEIGHT - 1);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${Math.max(1, days.length)} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={trendWords(days)}
    >
      <path class="spark-gaps" d={paths.gaps} />
      <path class="spark-aligned" d={paths.aligned} />
      <path class="spark-other" d={paths.notAligned} />
    </svg>
  );
}

function trendWords(days: readonly TrendDay[]): string {
  const messages = days.reduce((sum, day) => sum + (day.messages ?? 0), 0);
  const aligned = days.reduce((sum, day) => sum + (day.dmarcAligned ?? 0), 0);
  const missing = days.filter((day) => day.messages === null).length;
  if (messages === 0) return `No messages in ${formatQuantity(days.length, 'day')}.`;
  const share = `${formatQuantity(messages, 'message')} in ${days.length} days, ${formatShare(aligned, messages)} aligned`;
  return missing === 0
    ? `${share}.`
    : `${share}; ${formatQuantity(missing, 'day')} without reports.`;
}
