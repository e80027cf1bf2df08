import { dnsQuestions } from './analysis/dns-questions.ts';
import { openResolver } from './dns/resolver.ts';
import { takeSnapshot } from './dns/snapshot.ts';
import type { DnsSnapshot } from './records/dns-snapshot.ts';
import type { StoreReader, StoreSettings } from './store/store.ts';

export interface CheckDnsDeps {
  reader: StoreReader;
  settings: StoreSettings;
  /** 'system', or HOST:PORT. */
  resolver: string;
  nowSeconds: () => number;
  signal?: AbortSignal;
}

const DAY_SECONDS = 86_400;
/** Selectors and names of so many days are asked about. */
const ASKED_DAYS = 90;

/**
 * Asks DNS about a domain and keeps the answer, also one that found nothing out.
 * @returns null where there is no name server to ask
 */
export async function checkDns(domain: string, deps: CheckDnsDeps): Promise<DnsSnapshot | null> {
  const { reader, settings, nowSeconds, signal } = deps;
  const resolver = openResolver({ servers: deps.resolver, ...(signal && { signal }) });
  if (resolver === null) return null;
  const today = Math.floor(nowSeconds() / DAY_SECONDS);
  const mail = await reader.domainMail(domain, today - ASKED_DAYS, today);
  const { selectors, names } = mail === null ? { selectors: [], names: [] } : dnsQuestions(mail);
  const options = { resolver, selectors, names, nowSeconds: nowSeconds() };
  const snapshot = await takeSnapshot(domain, options);
  if (signal?.aborted !== true) await settings.saveDnsSnapshot(snapshot);
  return snapshot;
}
