import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type { DomainMail, MailStream } from '../store/domain-mail.ts';
import type { UnusedInclude } from './change-types.ts';
import { oldestDayOf } from './changes/source-history.ts';
import { networkIdsOfInclude } from './what-if/include-networks.ts';

const UNUSED_DAYS = 90;
/** SPF passes from networks that no term of the record explains make the answer unsure for so long. */
const UNEXPLAINED_DAYS = 7;

/**
 * SPF includes that no report has used for 90 days. One counts as used when SPF passed for the domain
 * on any mail of the network that it stands for; the include of a service that the catalogue knows
 * stands for all mail of the service, so that one too few is listed rather than one too many.
 * @returns [] where that cannot be told: the record was not read or is not expanded, reports do not
 * reach back 90 days, or SPF lately passed from networks that the record does not explain.
 */
export function unusedIncludes(
  mail: DomainMail,
  { spf }: Pick<DnsSnapshot, 'spf'>,
): UnusedInclude[] {
  const oldestDay = oldestDayOf(mail);
  const since = mail.at - UNUSED_DAYS + 1;
  if (spf.state !== 'valid' || oldestDay === null || oldestDay > since) return [];
  const passing = mail.streams.filter((stream) => hasSpfPass(stream, mail.domain));
  const unexplained = passing.filter(({ network }) => !EXPLAINED.has(network.kind));
  if ((lastDayOf(unexplained) ?? -1) > mail.at - UNEXPLAINED_DAYS) return [];
  const redirect = /(?:^|\s)redirect=(\S+)/i.exec(spf.text ?? '')?.[1]?.toLowerCase();
  return spf.includes.flatMap(({ domain, lookups, networks }) => {
    // A redirect is the record itself, and what expands to nothing carries nothing that could be seen.
    if (domain === redirect || (networks === 0 && spf.incomplete)) return [];
    const ids = new Set(networkIdsOfInclude(domain));
    const lastUsedDay = lastDayOf(passing.filter(({ network }) => ids.has(network.id)));
    return lastUsedDay !== null && lastUsedDay >= since
      ? []
      : [{ include: domain, lookups, lastUsedDay }];
  });
}

const EXPLAINED: ReadonlySet<string> = new Set(['own-network', 'spf', 'service']);

function hasSpfPass({ shape }: MailStream, domain: string): boolean {
  return shape.spf.some((check) => check.result === 'pass' && check.domain === domain);
}

function lastDayOf(streams: readonly MailStream[]): number | null {
  const days = streams.flatMap(({ lastDay }) => lastDay ?? []);
  return days.length === 0 ? null : Math.max(...days);
}
