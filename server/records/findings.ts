import { cutTo } from '../../ingest/text.ts';
import type { Finding } from './dns-snapshot.ts';

type Text = `${Finding['severity']}: ${string}`;

/**
 * Each with its severity, and what it is about before the first word of its own. {…} is filled from
 * the problem's values; a text says what is so, and what to do.
 */
const TEXTS = {
  'dmarc-absent':
    'blocks: No DMARC record at _dmarc.{domain} or above it: nobody checks mail by DMARC and nobody reports. Publish one with p=none first.',
  'dmarc-unknown':
    'warns: The DMARC record could not be asked for ({reason}). It may well be there: ask again later.',
  'dmarc-several':
    'blocks: {count} DMARC records stand at _dmarc.{domain}. Receivers then use none of them (RFC 9989, 4.10). Keep one.',
  'dmarc-not-a-record':
    'blocks: The text is meant for DMARC, but does not begin with v=DMARC1 exactly, so receivers ignore it: {text}',
  'dmarc-tag-unreadable': 'warns: Receivers skip a piece of the record that is no tag: {text}',
  'dmarc-tag-twice':
    'blocks: The tag {tag} stands there twice; receivers differ in what they make of that. Keep one.',
  'dmarc-p-missing':
    'blocks: The tag p is missing. With a valid rua the record counts as p=none, without one as no record (RFC 9989, 4.10.1).',
  'dmarc-p-invalid':
    'blocks: p={value} is no policy. With a valid rua the record counts as p=none, without one as no record (RFC 9989, 4.10.1).',
  'dmarc-sp-invalid':
    'blocks: sp={value} is no policy, and that turns the whole record into p=none (RFC 9989, 4.10.1).',
  'dmarc-np-invalid':
    'blocks: np={value} is no policy, and that turns the whole record into p=none (RFC 9989, 4.10.1).',
  'dmarc-value-invalid':
    'warns: {tag}={value} is not understood; receivers take the default, {fallback}.',
  'dmarc-historic':
    'tells: The tag {tag} is historic since RFC 9989; new receivers ignore it. It may go, in a step of its own.',
  'dmarc-pct':
    'warns: pct={value} is historic: older receivers apply the policy to {value}% of failing mail, newer ones to all of it.',
  'dmarc-tag-unknown': 'tells: The tag {tag} is not known; receivers ignore it.',
  'dmarc-p-late':
    'tells: The tag p does not follow v=DMARC1 directly. RFC 9989 allows that; receivers of RFC 7489 may not.',
  'dmarc-testing':
    'tells: t=y asks for the policy one level lower. Receivers that know only RFC 7489 ignore it and apply the full policy.',
  'dmarc-fo-alone': 'tells: fo has no effect without ruf.',
  'dmarc-sp-below':
    'tells: sp and np mean nothing in this record: {domain} is below its organizational domain {organization}.',
  'dmarc-psd':
    'warns: psd=y says that {domain} is a public suffix, under which others register names. Mail of its subdomains then no longer counts as its own.',
  'dmarc-discovery-differs':
    'tells: Receivers of RFC 9989 find the organizational domain {byTreeWalk}, those of RFC 7489 find {byPublicSuffixList}. Alignment may be judged differently.',
  'dmarc-by-suffix-list-only':
    'tells: Receivers of RFC 7489 take the record of {byPublicSuffixList}; those of RFC 9989 take {byTreeWalk}.',
  'dmarc-long-ttl':
    'tells: The record may be kept by others for {hours} hours. Lower its TTL to 3600 or less before a change of policy.',
  'rua-missing': 'blocks: No rua: nobody sends aggregate reports, so nothing can be judged.',
  'rua-invalid': 'blocks: No address in rua can be read as mailto:, so no report is sent.',
  'rua-address-invalid': 'warns: This address of {tag} is no mailto: address and is ignored: {uri}',
  'rua-size': 'tells: The size limit at the end of {uri} is obsolete and ignored by RFC 9990.',
  'rua-not-authorised':
    'blocks: {host} has not said that it wants reports about {domain}; reporters leave {uri} out. Its owner has to publish the record beside this.',
  'rua-unknown':
    'warns: Whether {host} wants reports about {domain} could not be asked ({reason}).',
  'spf-absent': 'blocks: {domain} has no SPF record.',
  'spf-unknown':
    'warns: The SPF record could not be asked for ({reason}). It may well be there: ask again later.',
  'spf-several':
    'blocks: {count} SPF records: every check ends in permerror (RFC 7208, 4.5). Make one of them.',
  'spf-syntax':
    'blocks: This term of the record cannot be read, and that makes every check a permerror: {term}',
  'spf-modifier-twice':
    'blocks: {name} stands there twice: every check ends in permerror (RFC 7208, 6).',
  'spf-all-plus':
    'blocks: {term} lets every machine on the Internet pass. End the record with ~all or -all.',
  'spf-all-neutral': 'tells: ?all says nothing about machines that are not listed. ~all is usual.',
  'spf-no-all':
    'tells: The record does not say what other machines are: it ends neutral. End it with ~all.',
  'spf-after-all': 'tells: What stands after all is never looked at: {term}',
  'spf-redirect-ignored':
    'warns: redirect={domain} is ignored, because the record has an all of its own.',
  'spf-ptr': 'warns: {term} is slow and should not be used (RFC 7208, 5.5). List networks instead.',
  'spf-macro':
    'tells: {term} depends on the single message: the networks below are not all, and the look-ups may be more.',
  'spf-lookups':
    'blocks: A check takes {count} look-ups; 10 are allowed, and more end in permerror (RFC 7208, 4.6.4). Most are spent by {largest}.',
  'spf-lookups-near':
    'tells: A check takes {count} of the 10 look-ups allowed. Any provider listed may add one unasked.',
  'spf-void':
    'blocks: {count} terms point to names without an answer; more than 2 may end in permerror (RFC 7208, 4.6.4).',
  'spf-void-term': 'warns: {term} in the record of {domain} points to a name without an answer.',
  'spf-mx-names':
    'blocks: {term} in the record of {domain} leads to {count} mail exchangers; more than 10 end in permerror.',
  'spf-include-absent':
    'blocks: {domain} is included but has no SPF record: the check ends in permerror.',
  'spf-include-invalid':
    'blocks: The SPF record of {domain}, which is included, has an error: {why}. The check ends in permerror.',
  'spf-include-loop':
    'blocks: {domain} includes itself, directly or through others: the check ends in permerror.',
  'spf-include-unknown':
    'warns: {domain} could not be asked for. The look-ups and networks below it are not known now.',
  'spf-include-passes-all':
    'blocks: The record of {domain}, which is included, lets every machine on the Internet pass.',
  'spf-tree-cut':
    'blocks: The tree of records is far over every limit; it was not read to its end.',
  'spf-duplicate': 'tells: {term} stands there twice.',
  'spf-include-nested':
    'tells: {domain} is included twice, here and through {by}. One can go, which gives back {count} look-ups.',
  'spf-wide': 'warns: {network} covers {count} addresses: hardly all of them are yours.',
  'spf-everyone': 'blocks: {term} lets every machine on the Internet pass.',
  'spf-long':
    'tells: The record has {count} characters; over 450 some answers no longer fit into one UDP packet.',
  'dkim-absent':
    'warns: No key at {name}: signatures with the selector {selector} cannot be checked.',
  'dkim-unknown': 'warns: The key at {name} could not be asked for ({reason}).',
  'dkim-several':
    'blocks: {count} records at {name}: receivers may take any of them (RFC 6376, 3.6.2.2). Keep one.',
  'dkim-revoked':
    'tells: The key at {name} is revoked (p= is empty). Right for an old selector, wrong for one in use.',
  'dkim-syntax': 'blocks: The record at {name} cannot be read: {why}.',
  'dkim-key-unreadable':
    'blocks: The key at {name} is damaged: p= is no {type} public key. Copy it again from your provider.',
  'dkim-key-too-short':
    'blocks: The key at {name} has {count} bits; receivers must not accept fewer than 1024 (RFC 8301). Make a new one of 2048.',
  'dkim-key-short': 'tells: The key at {name} has {count} bits; 2048 is advised (RFC 8301).',
  'dkim-key-type': 'blocks: k={type} at {name} is no key type that receivers know.',
  'dkim-testing':
    'warns: t=y at {name} says that the domain only tests DKIM; receivers may treat its signatures as absent.',
  'dkim-sha1-only':
    'blocks: h= at {name} allows no sha256, which is the only hash that receivers accept (RFC 8301).',
  'dkim-not-for-mail': 'blocks: s={value} at {name} does not allow the key to be used for mail.',
  'mx-absent':
    'tells: {domain} has no MX record. Mail to it goes to its A or AAAA address, if there is one.',
  'mx-unknown': 'warns: The MX records could not be asked for ({reason}).',
  'mx-null': 'tells: {domain} receives no mail (null MX, RFC 7505).',
  'mx-null-with-others': 'warns: A null MX must stand alone (RFC 7505).',
  'mx-no-address': 'warns: The mail exchanger {host} has no address.',
  'mx-alias':
    'warns: The mail exchanger {host} is an alias (CNAME), which RFC 2181 forbids. Some senders do not deliver to it.',
  'mx-is-address': 'warns: The mail exchanger {host} is an address; a name is due.',
  'mta-sts-invalid':
    'warns: The record at _mta-sts.{domain} cannot be read: it needs v=STSv1 and an id of letters and digits.',
  'mta-sts-several':
    'warns: Several records at _mta-sts.{domain}: senders act as if there were none (RFC 8461, 3.1).',
  'tls-rpt-invalid':
    'warns: The record at _smtp._tls.{domain} cannot be read: it needs v=TLSRPTv1 and a rua.',
  'tls-rpt-several':
    'warns: Several records at _smtp._tls.{domain}: senders act as if there were none (RFC 8460, 3).',
} as const satisfies Readonly<Record<`${Finding['about']}-${string}`, Text>>;

const SUBJECTS: readonly Finding['about'][] = [
  'dmarc',
  'spf',
  'dkim',
  'mx',
  'rua',
  'mta-sts',
  'tls-rpt',
];

/** All that the checks can find. */
export type FindingId = keyof typeof TEXTS;

/** What is wrong, before it is put into words. */
export interface RecordProblem {
  id: FindingId;
  values: Readonly<Record<string, string | number>>;
}

export type Correction = Finding['corrected'];

/** Longest piece of a stranger's record that is repeated in a text. */
const LONGEST_VALUE = 200;
/** Longest record that is worth copying. */
const LONGEST_CORRECTION = 4096;
/** Findings about one record or tree that are kept; the first hold for the rest. */
export const MOST_FINDINGS = 50;

export const FINDING_IDS = Object.keys(TEXTS) as FindingId[];

export function problem(id: FindingId, values: RecordProblem['values'] = {}): RecordProblem {
  return { id, values };
}

export function severityOf(id: FindingId): Finding['severity'] {
  return TEXTS[id].slice(0, TEXTS[id].indexOf(':')) as Finding['severity'];
}

/** The problem in words. `corrected` is what to publish instead, null where nobody can know it. */
export function findingOf({ id, values }: RecordProblem, corrected: Correction = null): Finding {
  const text = TEXTS[id].slice(TEXTS[id].indexOf(':') + 2);
  const isShort = corrected !== null && corrected.value.length <= LONGEST_CORRECTION;
  return {
    id,
    about: aboutOf(id),
    severity: severityOf(id),
    text: filled(text, values),
    corrected: isShort ? corrected : null,
  };
}

function aboutOf(id: FindingId): Finding['about'] {
  return SUBJECTS.find((subject) => id.startsWith(`${subject}-`)) ?? 'dmarc';
}

function filled(text: string, values: RecordProblem['values']): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(values[key] ?? '');
    return value.length > LONGEST_VALUE ? `${cutTo(value, LONGEST_VALUE)}…` : value;
  });
}
