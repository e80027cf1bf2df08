import { domainName } from '../ingest/domain-name.ts';
import type { DomainToAsk } from './store/store.ts';

const DAY_SECONDS = 86_400;
/** Reports on fewer days, of the last 90, make a domain seldom. */
const SELDOM_DAYS = 7;
/**
 * Seldom domains that are asked about in one day. Anyone's report can name any number of them, and each
 * whose name servers are silent holds up the others for half a minute.
 */
export const MOST_SELDOM = 100;

/**
 * The domains that DNS is to be asked about now, each once a day, in the order given. Where there are
 * more seldom ones than a day takes, those not asked about for a week come first, so that all have
 * their turn.
 */
export function domainsDue(domains: readonly DomainToAsk[], nowSeconds: number): string[] {
  const isAskedSince = ({ askedSeconds }: DomainToAsk, seconds: number): boolean =>
    askedSeconds !== null && askedSeconds > nowSeconds - seconds;
  const valid = domains.filter(({ domain }) => domainName(domain).isValid);
  const due = valid.filter((domain) => !isAskedSince(domain, DAY_SECONDS));
  const askedSeldom = valid.filter(
    (domain) => isSeldom(domain) && isAskedSince(domain, DAY_SECONDS),
  );
  const seldom = due.filter(isSeldom);
  const longAgo = seldom.filter((domain) => !isAskedSince(domain, 7 * DAY_SECONDS));
  const lately = seldom.filter((domain) => isAskedSince(domain, 7 * DAY_SECONDS));
  const left = Math.max(0, MOST_SELDOM - askedSeldom.length);
  return [
    ...due.filter((domain) => !isSeldom(domain)),
    ...[...longAgo, ...lately].slice(0, left),
  ].map(({ domain }) => domain);
}

const isSeldom = ({ hasUserWord, reportDays }: DomainToAsk): boolean =>
  !hasUserWord && reportDays < SELDOM_DAYS;
