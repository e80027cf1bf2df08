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
    'A service or network, parted by whom its mail speaks for: your mail from a service is another source than a stranger’s from the same one.',
  receiver: 'The organisation that received the mail and wrote the reports.',
  notStated:
    'The report does not say whether DKIM or SPF was aligned. Such messages count as neither aligned nor not aligned.',
  utcDay:
    'Reports cover days in UTC. A report counts for the day in its middle; one that covers several days is spread over them.',
  ttl: 'How long others may keep a record before they ask again, in seconds. Until it is over, some still act on the old one.',
  selector:
    'A name for one of your DKIM keys. A receiver finds the key at SELECTOR._domainkey.DOMAIN.',
  returnPath:
    'The address that bounces go to. It is not the From line; SPF is checked for its domain.',
  pointer:
    'The name that the owner of an address gives it (PTR). It is confirmed when that name leads back to the address; else it is only a claim.',
  include:
    'A part of an SPF record that takes over the addresses of another domain, such as your mail provider’s.',
  version:
    'Two documents that claim to be the same report and differ. Both are kept and one is counted.',
} as const;

export type TermKey = keyof typeof TERMS;
