/** A small row of bars as two SVG paths: the aligned part below, the rest on top of it. */
export interface SparklinePaths {
  aligned: string;
  notAligned: string;
  /** Short marks on the base line for days without a report. */
  gaps: string;
}

export interface TrendDay {
  messages: number | null;
  dmarcAligned: number | null;
}

/** One unit of width per day; heights are relative to the busiest day. */
export function sparklinePaths(days: readonly TrendDay[], height: number): SparklinePaths {
  const peak = Math.max(1, ...days.map(({ messages }) => messages ?? 0));
  const paths: SparklinePaths = { aligned: '', notAligned: '', gaps: '' };
  days.forEach(({ messages, dmarcAligned }, place) => {
    if (messages === null) {
      paths.gaps += bar(place, height, 1);
      return;
    }
    const aligned = ((dmarcAligned ?? 0) / peak) * height;
    const whole = (messages / peak) * height;
    if (aligned > 0) paths.aligned += bar(place, height, aligned);
    if (whole > aligned) paths.notAligned += bar(place, height - aligned, whole - aligned);
  });
  return paths;
}

const bar = (place: number, base: number, height: number): string =>
  `M${place} ${rounded(base)}v${rounded(-height)}h.8v${rounded(height)}z`;

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
