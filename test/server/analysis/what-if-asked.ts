import { whatIf } from '../../../server/analysis/what-if.ts';
import type { Candidate, WhatIf } from '../../../server/analysis/what-if-types.ts';
import type { DnsSnapshot } from '../../../server/records/dns-snapshot.ts';
import type { MailClass } from '../../../server/store/domain-mail.ts';
import { sourcesOf } from './changes-sources.ts';
import type { MailSpec } from './mail/story.ts';
import { mailOf } from './mail-of.ts';

/** p=reject, all relaxed, nothing dropped. */
export const REJECT: Candidate = {
  ...{ p: 'reject', sp: null, np: null, adkim: 'relaxed', aspf: 'relaxed' },
  ...{ dropInclude: null, dropSelector: null },
};

/** Rows that DMARC counts for DKIM, and that it does not count though both pass. */
export const signed = { dkim: ['pass example.org s'], spf: ['fail example.org'] };
export const failing = { dkim: ['pass esp.example s'], spf: ['pass esp.example'] };

/** What a candidate would have done to the last 30 days of a story. */
export function ask(
  spec: MailSpec,
  candidate: Partial<Candidate> = {},
  more: { classes?: Record<string, MailClass>; dns?: DnsSnapshot | null } = {},
): WhatIf {
  const mail = mailOf(spec);
  const window = { from: mail.at - 29, to: mail.at };
  const sources = sourcesOf(mail, more.classes);
  return whatIf(mail, sources, { ...REJECT, ...candidate }, more.dns ?? null, window);
}

export const sumsOf = (found: WhatIf, name: MailClass) =>
  found.classes.find((one) => one.class === name);
