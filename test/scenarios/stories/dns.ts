import { RECORD } from '../dns-of.ts';
import { type Scenario, workspace } from '../scenario.ts';

const stay = { verdict: 'stay', blockers: [], record: null, gates: { dns: 'not-met' } } as const;
const mail = { rows: [workspace()] };

export const dns: readonly Scenario[] = [
  {
    name: 'two DMARC records',
    why: 'RFC 9989 §4.10: several records count as none.',
    ...{ mail, dns: { dmarc: [RECORD, 'v=DMARC1; p=reject'] } },
    expect: { ...stay, earliest: 1 },
  },
  {
    name: 'SPF over ten look-ups',
    why: 'product.md §4, DNS: SPF valid with at most 10 look-ups (RFC 7208 §4.6.4).',
    ...{ mail, dns: { spf: { lookups: 12 } } },
    expect: { ...stay, says: ['12 look-ups'] },
  },
  {
    name: 'SPF that ends in +all',
    why: 'product.md §4, DNS: not +all.',
    ...{ mail, dns: { spf: { all: '+' } } },
    expect: stay,
  },
  {
    name: 'an invalid sp',
    why: 'RFC 9989: an invalid sp turns the whole record into p=none; product.md §4 asks for a valid record.',
    ...{ mail, dns: { dmarc: ['v=DMARC1; p=none; sp=quarantene; rua=mailto:dmarc@example.org'] } },
    expect: stay,
  },
  {
    name: 'no rua',
    why: 'product.md §4, DNS: one valid record with a valid rua; without reports nobody sees harm.',
    ...{ mail, dns: { dmarc: ['v=DMARC1; p=none'] } },
    expect: stay,
  },
  {
    name: 'an external rua that is not authorised',
    why: 'RFC 9990: reporters ignore an external address whose host does not agree.',
    ...{
      mail,
      dns: { dmarc: ['v=DMARC1; p=none; rua=mailto:x@reports.example'], externalRua: false },
    },
    expect: stay,
  },
  {
    name: 'the key in use is gone from DNS',
    why: 'product.md §4, DNS: selectors with an aligned pass in the last 7 days resolve.',
    ...{ mail, dns: { keys: { google: 'absent' } } },
    expect: { ...stay, says: ['selector google'] },
  },
  {
    name: 'a key that nobody has used for weeks is gone from DNS',
    why: 'product.md §4, DNS: only selectors with an aligned pass in the last 7 days are looked at.',
    mail: {
      rows: [
        workspace(100, { days: [-89, -10], dkim: ['pass example.org old'] }),
        workspace(100, { days: [-9, 0] }),
      ],
    },
    dns: { keys: { old: 'revoked' } },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org' },
    },
  },
  {
    name: 'DNS that did not answer',
    why: 'product.md §4 and RFC 9989: no answer is not absence; the gate has not enough data.',
    ...{ mail, dns: { dmarc: 'unknown' } },
    expect: { verdict: 'stay', blockers: [], record: null, gates: { dns: 'not-enough-data' } },
  },
  {
    name: 'a reading of DNS of last week',
    why: 'product.md §4: the record is complete only if today’s was read.',
    ...{ mail, dns: { askedDaysAgo: 8 } },
    expect: { verdict: 'stay', blockers: [], record: null, gates: { dns: 'not-enough-data' } },
  },
  {
    name: 'DNS not asked',
    why: 'product.md §4: not asked, and left out of the decision; the record holds rua=<keep yours>.',
    mail,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=<keep yours>' },
      gates: { dns: 'not-asked' },
    },
  },
  {
    name: 'historic tags are left in, and named',
    why: 'product.md §4: one thing at a time; historic tags go in a step of their own.',
    ...{
      mail,
      dns: { dmarc: ['v=DMARC1; p=none; rf=afrf; ri=3600; rua=mailto:dmarc@example.org'] },
    },
    expect: {
      verdict: 'advance',
      blockers: [],
      record: 'v=DMARC1; p=quarantine; rf=afrf; ri=3600; rua=mailto:dmarc@example.org',
      says: ['rf and ri are historic since RFC 9989'],
    },
  },
];
