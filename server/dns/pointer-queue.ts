import { setTimeout as sleep } from 'node:timers/promises';
import { limitedTo } from './places.ts';
import { lookUpPointer } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Resolver } from './look-up.ts';

export interface PointerQueueOptions {
  resolver: Resolver;
  /** Called once for each address, in no order; never after the signal. */
  onPointer: (sourceIp: string, pointer: Pointer) => void;
  /** Addresses under way at once; 4 where left out. */
  atOnce?: number;
  /** Addresses begun in a second; 20 where left out. */
  perSecond?: number;
  signal?: AbortSignal;
}

/** Addresses of one batch; the caller comes back with the rest. */
export const MOST_POINTERS = 1000;

/**
 * Looks up the names of addresses beside everything else: a few at once, so many a second, each
 * address once. Gives the number of addresses that were answered, once all are or the signal comes.
 */
export async function lookUpPointers(
  sourceIps: readonly string[],
  options: PointerQueueOptions,
): Promise<number> {
  const inTurn = limitedTo(options.atOnce ?? 4);
  const addresses = [...new Set(sourceIps)].slice(0, MOST_POINTERS);
  const startedMs = performance.now();
  let answered = 0;
  const tasks = addresses.map((sourceIp, at) =>
    inTurn(async () => {
      await pause(startedMs + (at * 1000) / (options.perSecond ?? 20), options.signal);
      if (isStopped(options)) return;
      const pointer = await lookUpPointer(sourceIp, options.resolver);
      if (isStopped(options)) return;
      options.onPointer(sourceIp, pointer);
      answered++;
    }),
  );
  await Promise.all(tasks);
  return answered;
}

const isStopped = ({ signal }: PointerQueueOptions): boolean => signal?.aborted === true;

/** Waits for the turn; a signal ends the wait. */
async function pause(untilMs: number, signal: AbortSignal | undefined): Promise<void> {
  const leftMs = untilMs - performance.now();
  if (leftMs <= 0 || signal?.aborted === true) return;
  await sleep(leftMs, undefined, signal ? { signal } : {}).catch(() => undefined);
}
