import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type {
  DomainMail,
  MailStream,
  StreamReporterDay,
  UserWords,
} from '../../store/domain-mail.ts';
import type { AlignmentModes } from '../alignment.ts';
import type { ClassifiedSource } from '../classified.ts';
import type { Classification } from '../classify.ts';
import type { RungSettings, VerdictSettings } from '../verdict-settings.ts';
import type { InForce } from './policy-in-force.ts';
import type { Reported } from './reported.ts';
import { type Days, ofClass, sourceDays, type SourceDays, sumOver } from './source-days.ts';
import type { Scope, Step } from './step.ts';

/** All that the verdict is made of. */
export interface VerdictInput {
  mail: DomainMail;
  classification: Classification;
  /** For the streams of `streamsToAskAbout`, over the days of `mail`. */
  streamReporterDays: readonly StreamReporterDay[];
  /** null: DNS was not asked. */
  dns: DnsSnapshot | null;
  words: UserWords;
  settings: VerdictSettings;
}

/** What was found before any step is thought of. */
export interface Findings {
  input: VerdictInput;
  mail: DomainMail;
  at: number;
  settings: VerdictSettings;
  words: UserWords;
  /** Not older than `dnsDays`; null otherwise. */
  dns: DnsSnapshot | null;
  reported: Reported;
  policy: InForce;
  modes: AlignmentModes;
  listUsers: boolean;
  /** Sources that are not unauthorised: that mail is beside every case, and most of the sources. */
  judgedSources: readonly ClassifiedSource[];
  /** All mail of them, whatever tag governs it. */
  all: readonly SourceDays[];
}

/** A step and the mail that it is judged by. Every gate is a function of a case. */
export interface Case extends Findings {
  step: Step;
  rung: RungSettings;
  own: readonly SourceDays[];
  forwarded: readonly SourceDays[];
  unknown: readonly SourceDays[];
  /** The days that count: longer where mail is little. */
  window: Days;
  lowVolume: boolean;
  /**
   * Own messages in the window that pass. Every ratio to own mail is to these: a failing message
   * weighs in its own rate only, and makes nothing else look smaller.
   */
  ownAligned: number;
}

export function caseOf(findings: Findings, step: Step): Case {
  const { mail, settings, at, modes, judgedSources } = findings;
  const rung = settings[step.target];
  const isGoverned = governs(step.scope, mail);
  const governed = mail.streams.every(isGoverned)
    ? findings.all
    : sourceDays(mail, judgedSources, modes, isGoverned);
  const own = ofClass(governed, 'own');
  const usual = { from: at - settings.windowDays + 1, to: at };
  const judged = sumOver(own, 'aligned', usual) + sumOver(own, 'failed', usual);
  const lowVolume = judged < rung.messagesForBound;
  const window = lowVolume ? longestWindow(findings) : usual;
  return {
    ...findings,
    ...{ step, rung, own, window, lowVolume },
    forwarded: ofClass(governed, 'forwarder'),
    unknown: ofClass(governed, 'unknown'),
    ownAligned: sumOver(own, 'aligned', window),
  };
}

/** As far back as little mail is looked at, and as it is kept. */
export function longestWindow({
  at,
  mail,
  settings,
}: Pick<Findings, 'at' | 'mail' | 'settings'>): Days {
  return { from: Math.max(mail.from, at - settings.littleMailWindowDays + 1), to: at };
}

/** Mail by its author domain; names with a record of their own are judged as domains of their own. */
function governs(scope: Scope, { domain, otherPolicyDomains }: DomainMail) {
  const others = new Set(otherPolicyDomains);
  return ({ shape }: MailStream): boolean => {
    const from = shape.identifiers.headerFrom ?? domain;
    if (from !== domain && isUnder(from, others)) return false;
    return scope === 'all' || (scope === 'own-name') === (from === domain);
  };
}

function isUnder(name: string, domains: ReadonlySet<string>): boolean {
  if (domains.size === 0) return false;
  for (let rest = name; rest !== ''; rest = rest.slice(rest.indexOf('.') + 1 || rest.length))
    if (domains.has(rest)) return true;
  return false;
}
