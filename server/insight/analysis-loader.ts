import { type ClassDns, type Classification, prepareClasses } from '../analysis/classify.ts';
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type { DomainMail, MailStream, UserWords } from '../store/domain-mail.ts';
import type { StoreReader } from '../store/store.ts';
import { createMailLoader } from './mail-loader.ts';

/** A domain's mail with every stream in its source. */
export interface DomainAnalysis {
  mail: DomainMail;
  classification: Classification;
  words: UserWords;
  /** The newest at the time; null where DNS was never asked, or is left out. */
  dns: DnsSnapshot | null;
}

export interface AnalysisQuery {
  domain: string;
  /** First day for which sums by day are wanted; -1 takes in what has no day. */
  from: number;
  /** Reports that ended by the end of this day. */
  at: number;
  /** Last day of the days that classes look at. */
  classesAt: number;
  offline: boolean;
}

/** Days that classes look at. */
export const CLASS_DAYS = 30;
/** Analyses kept: those of the domains that someone is looking at. */
const MOST_KEPT = 16;

interface Kept {
  version: string;
  analysis: Promise<DomainAnalysis | null>;
}

/** Reads and classifies; an answer is kept until the domain's mail, words or DNS change. */
export function createAnalysisLoader(reader: StoreReader) {
  const kept = new Map<string, Kept>();
  const loadMail = createMailLoader(reader);
  const classesOf = createClassReader(reader);

  const analyse = async (query: AnalysisQuery, version: string): Promise<DomainAnalysis | null> => {
    const { domain, from, at, classesAt, offline } = query;
    const [mail, words, [newest]] = await Promise.all([
      loadMail({ domain, from, at, version }),
      reader.userWords(domain),
      reader.dnsSnapshots(domain, at, 1),
    ]);
    if (mail === null) return null;
    const dns = offline ? null : (newest ?? null);
    const window = { from: classesAt - CLASS_DAYS + 1, to: classesAt };
    return { mail, classification: await classesOf(mail, { words, dns, window }), words, dns };
  };

  return async (query: AnalysisQuery): Promise<DomainAnalysis | null> => {
    const { domain, from, at, classesAt, offline } = query;
    const key = JSON.stringify([domain, from, at, classesAt, offline]);
    const version = await reader.domainVersion(domain);
    const known = kept.get(key);
    // Set again, it is the youngest.
    kept.delete(key);
    const one = known?.version === version ? known : { version, analysis: analyse(query, version) };
    kept.set(key, one);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    one.analysis.catch(() => kept.delete(key));
    return one.analysis;
  };
}

interface ClassQuery {
  words: UserWords;
  dns: ClassDns | null;
  window: { from: number; to: number };
}

/** Classifies; the same mail under the same words and DNS once, whatever day it is looked at on. */
function createClassReader(reader: StoreReader) {
  const known = new WeakMap<readonly MailStream[], Map<string, Promise<Classification>>>();
  return (mail: DomainMail, { words, dns, window }: ClassQuery): Promise<Classification> => {
    const asked = dns === null ? null : { spf: dns.spf, microsoftTenant: dns.microsoftTenant };
    const key = JSON.stringify([words, asked, window]);
    const ofMail = known.get(mail.streams) ?? new Map<string, Promise<Classification>>();
    known.set(mail.streams, ofMail);
    const found = ofMail.get(key) ?? classified(reader, mail, { words, dns: asked, window });
    ofMail.set(key, found);
    found.catch(() => ofMail.delete(key));
    return found;
  };
}

async function classified(
  reader: StoreReader,
  mail: DomainMail,
  { words, dns, window }: ClassQuery,
): Promise<Classification> {
  const prepared = prepareClasses(mail, { words, dns, window });
  const { open, tied } = prepared.addressesWanted();
  const [addresses, tiedAddresses] = await Promise.all([
    open.length === 0 ? [] : reader.streamAddresses(open, window.from, window.to),
    tied.length === 0 ? [] : reader.activeAddresses(tied, window.from, window.to),
  ]);
  return prepared.classify(addresses, tiedAddresses);
}
