import type { DnsSnapshot } from '../../records/dns-snapshot.ts';

/** What no report shows, whatever the numbers say. */
export function blindSpots(dns: DnsSnapshot | null): string[] {
  const always = [
    'Mail that stays inside one provider, from your mailboxes to others there, is in no report.',
    'Receivers that send no reports are not seen, and what they do with your mail is not known.',
  ];
  if (dns?.spf.all === '-')
    return [
      ...always,
      'Your SPF record ends in -all: some receivers reject on that before DMARC is looked at, and no report shows such mail.',
    ];
  if (dns === null)
    return [
      ...always,
      'If your SPF record ends in -all, some receivers reject on that before DMARC is looked at, and no report shows such mail.',
    ];
  return always;
}
