import type { Dialect } from '../../ingest/report.ts';
import type { Packing } from './packing.ts';

/** A mailbox provider of the demo, with the habits that its reports have. */
export interface Reporter {
  orgName: string;
  /** First part of the file name: the receiving host. */
  host: string;
  email: string;
  contact: string | null;
  dialect: Dialect;
  packing: Packing;
  /** Of all messages, the part that this provider receives. */
  share: number;
  /** Where its days begin, in seconds from midnight UTC. */
  dayOffsetSeconds: number;
  /** Its reports end at the last second of a day, or at the first of the next. */
  endsAtMidnight: boolean;
  tellsReturnPath: boolean;
  envelopeTo: string | null;
  generator: string | null;
  /** Days before the last one on which it sends no reports, for whatever reason. */
  silent: { from: number; to: number } | null;
}

const plain = {
  contact: null,
  dialect: 'rfc7489',
  packing: 'gzip',
  dayOffsetSeconds: 0,
  endsAtMidnight: false,
  tellsReturnPath: true,
  envelopeTo: null,
  generator: null,
  silent: null,
} as const;

export const REPORTERS: readonly Reporter[] = [
  {
    ...plain,
    orgName: 'google.com',
    host: 'google.com',
    email: 'noreply-dmarc-support@google.com',
    contact: 'https://support.google.com/a/answer/2466580',
    packing: 'zip',
    share: 0.42,
    tellsReturnPath: false,
  },
  {
    ...plain,
    orgName: 'Enterprise Outlook',
    host: 'enterprise.protection.outlook.com',
    email: 'dmarcreport@microsoft.com',
    share: 0.16,
    endsAtMidnight: true,
    envelopeTo: 'customer.example',
  },
  {
    ...plain,
    orgName: 'Outlook.com',
    host: 'protection.outlook.com',
    email: 'dmarcreport@microsoft.com',
    share: 0.09,
    endsAtMidnight: true,
    envelopeTo: 'hotmail.com',
  },
  {
    ...plain,
    orgName: 'Yahoo',
    host: 'yahoo.com',
    email: 'dmarchelp@yahooinc.com',
    share: 0.08,
    silent: { from: 168, to: 143 },
  },
  {
    ...plain,
    orgName: 'GMX',
    host: 'gmx.net',
    email: 'noreply-dmarc@sicher.gmx.net',
    contact: 'https://postmaster.gmx.net/en/case?c=r2002',
    dialect: 'rfc9990',
    share: 0.07,
    dayOffsetSeconds: -3600,
    generator: 'GMX DMARC',
  },
  {
    ...plain,
    orgName: 'WEB.DE',
    host: 'web.de',
    email: 'noreply-dmarc@sicher.web.de',
    dialect: 'rfc9990',
    share: 0.05,
    dayOffsetSeconds: -3600,
    generator: 'WEB.DE DMARC',
  },
  {
    ...plain,
    orgName: 'Fastmail Pty Ltd',
    host: 'fastmail.com',
    email: 'reports@fastmaildmarc.com',
    share: 0.03,
  },
  {
    ...plain,
    orgName: 'comcast.net',
    host: 'comcast.net',
    email: 'noreply-dmarc@comcast.net',
    share: 0.03,
    packing: 'none',
  },
  {
    ...plain,
    orgName: 'Mail.Ru',
    host: 'mail.ru',
    email: 'dmarc_support@corp.mail.ru',
    share: 0.02,
    dayOffsetSeconds: -10_800,
  },
  {
    ...plain,
    orgName: 'AMAZON-SES',
    host: 'amazonses.com',
    email: 'postmaster@amazonses.com',
    share: 0.02,
  },
];
