import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkDns, type CheckDnsDeps } from './check-dns.ts';
import { openResolver } from './dns/resolver.ts';
import { domainsDue } from './domains-due.ts';
import { MOST_POINTERS, pointerRounds } from './pointer-rounds.ts';

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
/** Reports of so many days tell how much a domain matters. */
const REPORT_DAYS = 90;
const ROUND_MS = 10 * 60 * 1000;
/** Between two domains of a round, so that thousands of them ask a resolver no faster than people would. */
const PAUSE_MS = 500;
/** A dozen dead networks among the newest addresses are no dead resolver. */
const POINTERS_DEAD_AFTER = 120;

/**
 * Asks DNS about every domain once a day and about addresses once a month, beside everything else:
 * nothing waits for it. `resolver` null: DNS is never asked.
 */
export function keepDns(
  deps: Omit<DnsKeeperDeps, 'resolver'> & { resolver: string | null },
): DnsKeeper {
  const stop = new AbortController();
  const { signal } = stop;
  // Every question under way listens: two rounds and the checks of a user, some at once in each.
  setMaxListeners(100, signal);
  const { resolver } = deps;
  const check = async (domain: string): Promise<void> => {
    if (resolver === null) return;
    await checkDns(domain, { ...deps, resolver, signal });
    deps.onLearnt(domain);
  };
  const nextPointers = pointerRounds(deps);
  const askPointers = async (servers: string): Promise<void> => {
    const limits = { mostQueries: 10 * MOST_POINTERS, deadAfter: POINTERS_DEAD_AFTER };
    const opened = openResolver({ servers, ...limits, signal });
    if (opened !== null && (await nextPointers(opened, signal)) > 0) deps.onLearnt(null);
  };
  const rounds = async (round: (resolver: string) => Promise<void>): Promise<void> => {
    while (!signal.aborted && resolver !== null) {
      await round(resolver).catch(deps.onFailed);
      await pause(ROUND_MS, signal);
    }
  };
  // Apart from each other: silent domains, which strangers can name, keep no address from its name.
  const done = Promise.all([rounds(() => checkDomains(deps, check, signal)), rounds(askPointers)]);
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
  const now = nowSeconds();
  const today = Math.floor(now / DAY_SECONDS);
  const domains = await reader.domainsToAsk(today - REPORT_DAYS, today, now);
  for (const domain of domainsDue(domains, now)) {
    if (signal.aborted) return;
    await check(domain);
    await pause(PAUSE_MS, signal);
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
