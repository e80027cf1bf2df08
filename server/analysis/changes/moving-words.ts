import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type { ClassSums } from '../verdict-types.ts';
import { dayInWords, daysInWords, listInWords, messagesInWords } from '../verdict/in-words.ts';
import { isNearlyAll } from './signing.ts';
import { hasEnded, type SourceHistory, sumsWithin } from './source-history.ts';

/** A source with its mail in the same number of days before and after. */
export interface Moved {
  history: SourceHistory;
  before: ClassSums;
  after: ClassSums;
}

export interface MoveFacts {
  moved: readonly Moved[];
  /** Last day of the comparison, and newest day of a report. */
  to: number;
  newestDay: number;
  dns: Pick<DnsSnapshot, 'mx'> | null;
}

export interface Told {
  /** 0 is urgent; the rest in the order in which a move is told. */
  rank: number;
  text: string;
}

/** After so many days without mail even what sends once a month has had its turn. */
const MONTHLY_TURN_DAYS = 35;
/** A new Google Workspace may need so long before it signs. */
const WORKSPACE_DAYS = 2;

export function newProvider({ history, after }: Moved, facts: MoveFacts): Told {
  const { name } = history.source;
  const firstSigned = [...history.days].find(([, { dkimAligned }]) => dkimAligned > 0)?.[0];
  const sinceThen = sumsWithin(history, { from: firstSigned ?? Infinity, to: facts.to });
  if (firstSigned !== undefined && isNearlyAll(signedOf(sinceThen))) {
    const waited = firstSigned - history.firstDay;
    const lateness = waited > 0 ? `, ${daysInWords(waited)} after its first mail` : '';
    return {
      rank: 1,
      text: `${name} signs for you since ${dayInWords(firstSigned)}${lateness}: ${after.dkimAligned} of ${messagesInWords(after.messages)} carry an aligned DKIM signature.`,
    };
  }
  const age = facts.newestDay - history.firstDay;
  const waits = history.source.network.id === 'service:google' && age <= WORKSPACE_DAYS;
  return {
    rank: 0,
    text:
      `${name} does not sign all mail for you: ${after.dkimAligned} of ${messagesInWords(after.messages)} since ${dayInWords(history.firstDay)} carry an aligned DKIM signature. ` +
      (waits
        ? 'A new Google Workspace may need up to two days before it signs.'
        : 'Publish its DKIM key for your domain and switch signing on.'),
  };
}

const signedOf = ({ messages, dkimAligned }: ClassSums) => ({ messages, signed: dkimAligned });

export function oldProvider({ history, before, after }: Moved, { newestDay }: MoveFacts): Told {
  const { name } = history.source;
  const was = `${messagesInWords(before.messages)} before, ${after.messages} after`;
  if (hasEnded(history, newestDay)) {
    return {
      rank: 2,
      text: `Mail of ${name} has fallen to nothing: the last came on ${dayInWords(history.lastDay)}, and none in the ${daysInWords(newestDay - history.lastDay)} of reports since (${was}).`,
    };
  }
  return {
    rank: 0,
    text: `${name} still sends for you (${was}), the last mail on ${dayInWords(history.lastDay)}: find what still uses it.`,
  };
}

export function leavesElsewhere(elsewhere: readonly Moved[]): Told[] {
  if (elsewhere.length === 0) return [];
  const named = [...elsewhere]
    .sort((a, b) => b.after.messages - a.after.messages)
    .map(({ history, after }) => {
      const failing = after.messages - after.dmarcAligned;
      const fails = failing === 0 ? 'all of them aligned' : `${failing} of them not aligned`;
      return `${history.source.name} (${messagesInWords(after.messages)}, ${fails})`;
    });
  const fails = elsewhere.some(({ after }) => after.dmarcAligned < after.messages);
  return [
    { rank: fails ? 1 : 3, text: `Mail still leaves from elsewhere: ${listInWords(named, 5)}.` },
  ];
}

/** Reports show outgoing mail alone: what the server receives or keeps must be asked for otherwise. */
export function switchingOff({ history }: Moved, { newestDay, dns }: MoveFacts): Told {
  const { name } = history.source;
  const silentDays = newestDay - history.lastDay;
  const turnDays = Math.max(history.everyDays, MONTHLY_TURN_DAYS);
  const isSilent = silentDays >= turnDays;
  const silence = isSilent
    ? `no mail of it for ${daysInWords(turnDays)}, so that monthly senders have had their turn (so it is: ${silentDays})`
    : `no mail of it for ${daysInWords(turnDays)}, so that monthly senders have had their turn (${silentDays} so far, so not before ${dayInWords(history.lastDay + turnDays)})`;
  return {
    rank: 4,
    text: `${name} may be switched off when all of this is true: ${silence}; ${mailHosts(dns)}; and no device, web site or program still hands its mail to it, which no report shows.`,
  };
}

function mailHosts(dns: MoveFacts['dns']): string {
  const wanted = 'no MX record of the domain leads to it';
  if (dns?.mx.state !== 'valid') return wanted;
  if (dns.mx.nullMx) return `${wanted} (so it is: the domain receives no mail)`;
  const hosts = [...dns.mx.hosts].sort((a, b) => a.preference - b.preference);
  return `${wanted} (today they name ${listInWords(hosts.map((host) => host.name))})`;
}
