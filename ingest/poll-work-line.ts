/** Work that runs one after the other, one piece behind whoever adds it. */
export interface WorkLine {
  /** Adds a piece, and waits until the one before it is done. @throws what a piece threw */
  add(work: () => Promise<void>): Promise<void>;
  end(): Promise<void>;
}

/**
 * While the piece that was added last runs, the next one can be fetched; no third is ever held. After a
 * stop none begins any more: what one leaves open, the next must not call seen.
 */
export function createWorkLine(signal: AbortSignal): WorkLine {
  let last = Promise.resolve();
  return {
    add: (work) => {
      const before = last;
      last = before.then(() => (signal.aborted ? undefined : work()));
      // Whoever adds next, or ends the line, gets the failure.
      last.catch(() => undefined);
      return before;
    },
    end: () => last,
  };
}
