import { exchange } from './exchange.ts';
import type { ExchangeSettings } from './exchange.ts';
import type { FailReason, LookUp, RecordData, RecordType, Resolver } from './look-up.ts';
import type { Response } from './message.ts';
import { limitedTo } from './places.ts';
import { nameServers } from './resolver-setting.ts';
import { countSilences } from './silences.ts';
import { wireName } from './wire-name.ts';

export interface ResolverOptions {
  /** 'system', or an address with or without a port. */
  servers: string;
  /** Of one try; 2500 where left out. */
  timeoutMs?: number;
  /** All servers together; 3 where left out. */
  tries?: number;
  /** Questions under way at once; 8 where left out. */
  atOnce?: number;
  /** Questions that one run may send; 500 where left out. */
  mostQueries?: number;
  /** Questions without any answer, from the first on, after which a run ends; 12 where left out. */
  deadAfter?: number;
  signal?: AbortSignal;
}

/** Aliases in a row that are followed. */
const LONGEST_CHAIN = 8;
/** Records of one answer that are kept. */
const MOST_KEPT = 200;

/**
 * A resolver for one run (a snapshot, a batch of pointers): every question is asked once, and its
 * answer kept until the run ends. Open a new one for the next run.
 * @returns null where `servers` is neither 'system' nor an address, or the system names no server
 */
export function openResolver(options: ResolverOptions): Resolver | null {
  const servers = nameServers(options.servers);
  if (!servers || servers.length === 0) return null;
  const ask = boundedAsk(options, {
    servers,
    timeoutMs: options.timeoutMs ?? 2500,
    tries: options.tries ?? 3,
    signal: options.signal ?? new AbortController().signal,
  });
  const known = new Map<string, Promise<LookUp<RecordType>>>();
  return {
    name: options.servers,
    lookUp<T extends RecordType>(text: string, type: T) {
      const name = wireName(text);
      if (name === null)
        return Promise.resolve({ kind: 'no-such-name', ttlSeconds: null, cnames: [] });
      const key = `${type} ${name}`;
      const answer = known.get(key) ?? follow(name, type, ask);
      known.set(key, answer);
      return answer as Promise<LookUp<T>>;
    },
  };
}

type Ask = (name: string, type: RecordType) => Promise<Response | FailReason>;

function boundedAsk(options: ResolverOptions, settings: ExchangeSettings): Ask {
  const inTurn = limitedTo(options.atOnce ?? 8);
  let left = options.mostQueries ?? 500;
  const silences = countSilences(options.deadAfter);
  return (name, type) =>
    inTurn(async () => {
      if (settings.signal.aborted) return 'aborted';
      if (silences.isGivenUp(name)) return 'gave-up';
      if (left-- <= 0) return 'limit';
      const answer = await exchange(name, type, settings);
      silences.note(name, answer === 'timeout' || answer === 'unreachable');
      return answer;
    });
}

/** Follows aliases, within one answer and, where a server does not, by asking on. */
async function follow(name: string, type: RecordType, ask: Ask): Promise<LookUp<RecordType>> {
  const names = [name];
  let ttlSeconds = Infinity;
  for (;;) {
    const asked = names.at(-1) ?? name;
    const response = await ask(asked, type);
    if (typeof response === 'string') return { kind: 'failed', reason: response };
    const ttls = walkAliases(response, names);
    if (ttls === null) return { kind: 'failed', reason: 'chain' };
    ttlSeconds = Math.min(ttlSeconds, ...ttls);
    const found = recordsAt(response, names.at(-1) ?? name);
    const cnames = names.slice(1);
    if (found.length > 0) return foundLookUp(found, ttlSeconds, cnames);
    if (response.code === 'nxdomain' || names.at(-1) === asked) return negative(response, cnames);
  }
}

/** Adds the aliases of the answer to `names`; null where they go in a circle or too far. */
function walkAliases({ records }: Response, names: string[]): number[] | null {
  const ttls: number[] = [];
  for (;;) {
    const alias = records.find((record) => record.alias !== null && record.name === names.at(-1));
    if (!alias || alias.alias === null) return ttls;
    const target = wireName(alias.alias);
    if (target === null || names.includes(target) || names.length > LONGEST_CHAIN) return null;
    names.push(target);
    ttls.push(alias.ttlSeconds);
  }
}

function recordsAt({ records }: Response, name: string): Response['records'] {
  return records
    .filter((record) => record.data !== null && record.name === name)
    .slice(0, MOST_KEPT);
}

function foundLookUp(
  found: Response['records'],
  chainTtl: number,
  cnames: string[],
): LookUp<RecordType> {
  const ttlSeconds = Math.min(chainTtl, ...found.map((record) => record.ttlSeconds));
  const data = found.map((record) => record.data as RecordData[RecordType]);
  return { kind: 'found', data, ttlSeconds, cnames };
}

function negative({ code, negativeTtlSeconds }: Response, cnames: string[]): LookUp<RecordType> {
  const kind = code === 'nxdomain' ? 'no-such-name' : 'no-data';
  return { kind, ttlSeconds: negativeTtlSeconds, cnames };
}
