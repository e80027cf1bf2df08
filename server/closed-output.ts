/**
 * Whoever read the output may be gone (`ruadmap | head -1`, a terminal that was closed): there is nobody
 * to tell, and no reason to end.
 */
export function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
