import { setTimeout as sleep } from 'node:timers/promises';
import { checkDns, type CheckDnsDeps } from './check-dns.ts';
import { lookUpPointers } from './dns/pointer-queue.ts';
import { openResolver } from './dns/resolver.ts';
import type { AddressPointer } from './store/store.ts';

export interface DnsKeeperDeps extends Omit<CheckDnsDeps, 'signal'> {
  /** What DNS tells of a domain's addresses has changed; null: of any domain's. */
  onLearnt: (domain: string | null) => void;
  /** A round that failed: the next one tries again. */
  onFailed: (error: unknown) => void;
}

export interface DnsKeeper {
  /** Asks about one domain now. */
  check(domain: string): Promise<void>;
  stop(): Promise<void>;
}

const DAY_SECONDS = 86_400;
const ROUND_MS = 10 * 60 * 1000;
/** Between two domains of a round, so that thousands of them ask a resolver no faster than people would. */
const PAUSE_MS = 500;
const POINTER_DAYS = 30;
/** Addresses of one round. */
const MOST_POINTERS = 500;

/**
 * Asks DNS about every domain once a day and about addresses once a month, beside everything else:
 * nothing waits for it. `resolver` null: DNS is never asked.
 */
export function keepDns(
  deps: Omit<DnsKeeperDeps, 'resolver'> & { resolver: string | null },
): DnsKeeper {
  const stop = new AbortController();
  const { signal } = stop;
  const { resolver } = deps;
  const check = async (domain: string): Promise<void> => {
    if (resolver === null) return;
    await checkDns(domain, { ...deps, resolver, signal });
    deps.onLearnt(domain);
  };
  // Not answered today: asked again tomorrow, and not in place of others.
  const unanswered = new Map<string, number>();
  const rounds = async (): Promise<void> => {
    while (!signal.aborted && resolver !== null) {
      try {
        await checkDomains(deps, check, signal);
        await askPointers({ ...deps, resolver }, unanswered, signal);
      } catch (error) {
        deps.onFailed(error);
      }
      await pause(ROUND_MS, signal);
    }
  };
  const done = rounds();
  return {
    check,
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}

async function checkDomains(
  { reader, nowSeconds }: Pick<DnsKeeperDeps, 'reader' | 'nowSeconds'>,
  check: (domain: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const today = Math.floor(nowSeconds() / DAY_SECONDS);
  const domains = await reader.domains({ from: null, to: null });
  for (const { domain } of domains) {
    if (signal.aborted || domain === '') continue;
    const [newest] = await reader.dnsSnapshots(domain, today, 1);
    if (newest !== undefined && newest.askedSeconds > nowSeconds() - DAY_SECONDS) continue;
    await check(domain);
    await pause(PAUSE_MS, signal);
  }
}

async function askPointers(
  deps: DnsKeeperDeps,
  unanswered: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const { reader, settings, nowSeconds } = deps;
  const askedBefore = nowSeconds() - POINTER_DAYS * DAY_SECONDS;
  const now = nowSeconds();
  for (const [sourceIp, again] of unanswered) if (again <= now) unanswered.delete(sourceIp);
  const wanted = await reader.addressesToLookUp(askedBefore, MOST_POINTERS + unanswered.size);
  const addresses = wanted.filter((sourceIp) => !unanswered.has(sourceIp));
  const resolver = openResolver({
    servers: deps.resolver,
    mostQueries: 10 * MOST_POINTERS,
    signal,
  });
  if (addresses.length === 0 || resolver === null) return;
  const found: AddressPointer[] = [];
  await lookUpPointers(addresses, {
    resolver,
    signal,
    onPointer: (sourceIp, pointer) => {
      if (pointer.kind === 'unknown') unanswered.set(sourceIp, now + DAY_SECONDS);
      if (pointer.kind === 'none') found.push({ sourceIp, name: null, confirmed: false });
      if (pointer.kind !== 'name') return;
      found.push({ sourceIp, name: pointer.name, confirmed: pointer.confirmed });
    },
  });
  if (found.length === 0) return;
  await settings.savePointers(found, nowSeconds());
  deps.onLearnt(null);
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
