import type { DomainMail } from '../store/domain-mail.ts';
import { isSeldom } from '../store/seldom.ts';
import type { StoreReader } from '../store/store.ts';

export interface MailQuery {
  domain: string;
  /** First and last day, as in `DomainMail`. */
  from: number;
  at: number;
  /** Of the domain: what was read of another is not used. */
  version: string;
}

interface Kept {
  query: MailQuery;
  mail: Promise<DomainMail | null>;
}

/** Ranges kept: of each a page and a verdict are made at about the same time. */
const MOST_KEPT = 4;

/**
 * Reads the mail of domains. A page looks two days ahead and the verdict at yesterday, over the same
 * days: where nothing came since, that is the same mail, and read once.
 */
export function createMailLoader(reader: StoreReader) {
  let kept: Kept[] = [];

  const sameMail = async ({ query, mail }: Kept, at: number): Promise<DomainMail | null> => {
    const found = await mail;
    if (found === null || !(await reader.nothingAfter(query.domain, Math.min(query.at, at))))
      return null;
    return mailOn(found, at);
  };

  return async (query: MailQuery): Promise<DomainMail | null> => {
    const known = kept.find((one) => isOfTheSame(one.query, query));
    const same = known === undefined ? null : await sameMail(known, query.at);
    if (same !== null) return same;
    const mail = reader.domainMail(query.domain, query.from, query.at);
    const one = { query, mail };
    const others = kept.filter((other) => !isOutdated(other.query, query));
    kept = [one, ...others].slice(0, MOST_KEPT);
    mail.catch(() => (kept = kept.filter((other) => other !== one)));
    return mail;
  };
}

function isOfTheSame(a: MailQuery, b: MailQuery): boolean {
  return a.domain === b.domain && a.from === b.from && a.version === b.version;
}

function isOutdated(known: MailQuery, { domain, version }: MailQuery): boolean {
  return known.domain === domain && known.version !== version;
}

/** The same mail looked at on another day; null where other days before the range would be read. */
function mailOn(mail: DomainMail, at: number): DomainMail | null {
  const reads = ({ firstDay, days }: DomainMail['streams'][number], on: number): boolean =>
    firstDay !== null && firstDay < mail.from && isSeldom(days, on);
  const isSame = mail.streams.every((stream) => reads(stream, at) === reads(stream, mail.at));
  return isSame ? { ...mail, at } : null;
}
