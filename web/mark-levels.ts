/** Room that a label wants above the chart, in pixels. */
export interface WantedLabel {
  x: number;
  width: number;
}

/**
 * On which line each label goes so that none covers another, left to right; null where there is no
 * line left for it, and its mark goes without.
 */
export function markLevels(labels: readonly WantedLabel[], lines: number): (number | null)[] {
  const ends = Array.from({ length: lines }, () => -Infinity);
  return labels.map(({ x, width }) => {
    const line = ends.findIndex((end) => end <= x);
    if (line === -1) return null;
    ends[line] = x + width;
    return line;
  });
}
