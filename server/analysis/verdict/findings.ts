import type { Verdict } from '../verdict-types.ts';
import { blindSpots } from './blind-spots.ts';
import type { Findings, VerdictInput } from './case.ts';
import { dayInWords } from './in-words.ts';
import { writesToLists } from './list-users.ts';
import { policyInForce } from './policy-in-force.ts';
import { reportedOf } from './reported.ts';
import { sourceDays } from './source-days.ts';

const DAY_SECONDS = 86_400;
const NOTHING = { messages: 0, dmarcAligned: 0, dkimAligned: 0, spfAligned: 0 };

/** What is there to judge by; null where no report came for long. */
export function findingsOf(input: VerdictInput): Findings | null {
  const { mail, classification, settings, words } = input;
  if (!hasReports(input)) return null;
  const { at } = mail;
  const asked = input.dns === null ? null : Math.floor(input.dns.askedSeconds / DAY_SECONDS);
  const dns = asked !== null && at - asked <= settings.dnsDays ? input.dns : null;
  const reported = reportedOf(mail, classification, input.streamReporterDays);
  const policy = policyInForce(mail, reported, dns, settings);
  if (policy === null) return null;
  const { adkim, aspf } = policy.policy;
  const modes = { adkim: adkim ?? 'relaxed', aspf: aspf ?? 'relaxed' } as const;
  const judgedSources = classification.sources.filter((one) => one.class !== 'unauthorised');
  return {
    ...{ input, mail, at, settings, words, dns, reported, policy },
    ...{ modes, judgedSources, all: sourceDays(mail, judgedSources, modes, 'all') },
    listUsers: writesToLists(mail, judgedSources, at - settings.windowDays + 1),
  };
}

function hasReports({ mail, settings }: VerdictInput): boolean {
  const earliest = mail.at - settings.noDataDays + 1;
  return mail.reports.some(({ lastDay, endSeconds }) => {
    const day = lastDay ?? (endSeconds === null ? null : Math.floor(endSeconds / DAY_SECONDS));
    return day !== null && day >= earliest;
  });
}

export function noData({ mail, settings, dns, classification }: VerdictInput): Verdict {
  const { domain, at } = mail;
  const since = dayInWords(at - settings.noDataDays + 1);
  return {
    ...{ domain, at, verdict: 'no-data', policy: null, record: null, change: null },
    sentence: `No data: no report for ${domain} since ${since}. Check that its DMARC record names a rua whose mailbox is read here.`,
    ...{ earliest: null, lowVolume: false, highestFailureRatio: null },
    window: { from: at - settings.windowDays + 1, to: at },
    ...{ gates: [], blockers: [], sources: [], notJudgedMessages: 0, listUsers: false },
    ...{ own: NOTHING, forwarded: NOTHING, unauthorised: NOTHING, unknown: NOTHING },
    questions: classification.questions,
    blindSpots: blindSpots(dns),
    ...{ rollBack: null, notes: [] },
  };
}
