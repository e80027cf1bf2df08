/** Short explanations of the standards' terms, shown where a screen first uses them. */
export const TERMS = {
  aligned:
    'A message is aligned when DKIM or SPF passed for the domain in its From line, or, in relaxed mode, for one of the same organisation. One of the two is enough for DMARC.',
  dkim: 'DKIM is a signature in the message. It is aligned when it verifies and its signing domain fits the From line. It survives most forwarding.',
  spf: 'SPF checks the sending address against the list that the return-path domain publishes. It is aligned when it passes and that domain fits the From line. Forwarding breaks it.',
  dmarc:
    'DMARC ties DKIM and SPF to the domain in the From line, and tells receivers what to do with mail that is not aligned.',
  disposition:
    'What the receiver did because of DMARC: none (nothing), quarantine (treated as suspicious, usually the spam folder), reject (refused), or pass (aligned, so nothing to do).',
  policy:
    'What the domain asks receivers to do with mail that is not aligned: none (deliver as usual and report), quarantine (treat as suspicious) or reject.',
  passedUnaligned:
    'SPF or DKIM passed, but for another domain than the one in the From line, so DMARC did not count it. This is what the sender’s set-up has to change.',
  source:
    'A service or network that sends mail with this domain in the From line; all its addresses are put together.',
  receiver: 'The organisation that received the mail and wrote the reports.',
  notStated:
    'The report does not say whether DKIM or SPF was aligned. Such messages count as neither aligned nor not aligned.',
  utcDay:
    'Reports cover days in UTC. A report counts for the day in its middle; one that covers several days is spread over them.',
  version:
    'Two documents that claim to be the same report and differ. Both are kept and one is counted.',
} as const;

export type TermKey = keyof typeof TERMS;
