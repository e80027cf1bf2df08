import { readDmarcRecord } from '../records/dmarc-record.ts';
import type { DmarcFacts, DnsSnapshot } from '../records/dns-snapshot.ts';
import { effectivePolicy } from '../records/effective-policy.ts';
import { type StoryDay, storyDays } from './story-days.ts';
import { DEMO_DOMAIN } from './story-mail.ts';
import { TTL_SECONDS, type Zone, ZONES } from './story-zones.ts';

const RUA = `mailto:postmaster@${DEMO_DOMAIN}`;
const DMARC_TEXT = `v=DMARC1; p=none; rua=${RUA}`;
/** Where the domain's own name leads: in a block for documentation (RFC 5737), and no sender. */
const HOME_PAGE = '192.0.2.80';
/** The daily check comes early: it finds a change of that day's night. */
const ASKED_AT_SECONDS = 5 * 3600;

/**
 * What the daily check of DNS found for the demonstration's domain, first day to last: the
 * demonstration asks no resolver. `endDay` is 'YYYY-MM-DD', UTC.
 */
export function storyDns(endDay: string): DnsSnapshot[] {
  return storyDays(endDay).flatMap((day) => {
    const zone = ZONES.findLast(
      ({ sinceDaysBeforeEnd }) => sinceDaysBeforeEnd >= day.daysBeforeEnd,
    );
    return zone === undefined ? [] : [snapshotOf(zone, day)];
  });
}

function snapshotOf({ mx, spf, selectors }: Zone, { startSeconds }: StoryDay): DnsSnapshot {
  return {
    domain: DEMO_DOMAIN,
    askedSeconds: startSeconds + ASKED_AT_SECONDS,
    resolver: 'system',
    dmarc: DMARC,
    spf,
    dkim: [...selectors],
    mx,
    addresses: [HOME_PAGE],
    microsoftTenant: null,
    mtaSts: { state: 'absent', text: null },
    tlsRpt: { state: 'absent', text: null },
    wildcard: false,
    names: [],
    findings: [],
  };
}

const { record } = readDmarcRecord(DMARC_TEXT);

const DMARC: DmarcFacts = {
  state: 'valid',
  name: DEMO_DOMAIN,
  texts: [DMARC_TEXT],
  record,
  ttlSeconds: TTL_SECONDS,
  organizationalDomain: { byTreeWalk: DEMO_DOMAIN, byPublicSuffixList: DEMO_DOMAIN },
  effective: record === null ? null : effectivePolicy(record, 'own'),
  rua: [{ uri: RUA, external: false, authorised: true }],
};
