import { lookUpPointers } from './dns/pointer-queue.ts';
import type { Resolver } from './dns/look-up.ts';
import type { AddressPointer, StoreReader, StoreSettings } from './store/store.ts';

export interface PointerRoundsDeps {
  reader: Pick<StoreReader, 'addressesToLookUp'>;
  settings: Pick<StoreSettings, 'savePointers'>;
  nowSeconds: () => number;
  /** Addresses of one round; 500 where left out. */
  perRound?: number;
  /** 20 where left out. */
  perSecond?: number;
}

const DAY_SECONDS = 86_400;
const POINTER_DAYS = 30;
export const MOST_POINTERS = 500;

/**
 * Rounds that ask for the names of addresses, each address once a month. Half of a round are the
 * newest addresses, the other half go on where the last round ended: addresses that never answer
 * keep no others from their turn, however many they are.
 * @returns one round; it gives the number of addresses about which something was learnt
 */
export function pointerRounds(
  deps: PointerRoundsDeps,
): (resolver: Resolver, signal: AbortSignal) => Promise<number> {
  const { reader, settings, nowSeconds, perRound = MOST_POINTERS, perSecond } = deps;
  const half = Math.ceil(perRound / 2);
  // Not answered today: asked again tomorrow, and not in place of others.
  const unanswered = new Map<string, number>();
  let lastBehind: string | null = null;

  const toAsk = async (behind: string | null): Promise<string[]> => {
    const askedBefore = nowSeconds() - POINTER_DAYS * DAY_SECONDS;
    const wanted = await reader.addressesToLookUp(askedBefore, half + unanswered.size, behind);
    return wanted.filter((sourceIp) => !unanswered.has(sourceIp)).slice(0, half);
  };
  const chosen = async (): Promise<string[]> => {
    const newest = await toAsk(null);
    const behind = await toAsk(lastBehind ?? newest.at(-1) ?? null);
    lastBehind = behind.length < half ? null : (behind.at(-1) ?? null);
    return newest.flatMap((sourceIp, at) => [sourceIp, ...behind.slice(at, at + 1)]);
  };

  return async (resolver, signal) => {
    const now = nowSeconds();
    for (const [sourceIp, again] of unanswered) if (again <= now) unanswered.delete(sourceIp);
    const found: AddressPointer[] = [];
    await lookUpPointers(await chosen(), {
      resolver,
      signal,
      ...(perSecond !== undefined && { perSecond }),
      onPointer: (sourceIp, pointer) => {
        if (pointer.kind === 'unknown') unanswered.set(sourceIp, now + DAY_SECONDS);
        if (pointer.kind === 'none') found.push({ sourceIp, name: null, confirmed: false });
        if (pointer.kind !== 'name') return;
        found.push({ sourceIp, name: pointer.name, confirmed: pointer.confirmed });
      },
    });
    if (found.length > 0) await settings.savePointers(found, nowSeconds());
    return found.length;
  };
}
