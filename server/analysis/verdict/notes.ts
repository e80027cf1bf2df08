import { tagValue } from '../../records/tag-list.ts';
import type { Case, Findings } from './case.ts';
import { dayInWords, listInWords, messagesInWords } from './in-words.ts';
import { perWeekInWords } from './loss.ts';
import { forceInWords } from './policy-in-force.ts';
import { isOrganizational, ownRecord } from './published.ts';
import { boundInWords } from './roll-back.ts';
import { messagesIn, type SourceDays, sumOver } from './source-days.ts';
import { targetRecord } from './target-record.ts';

/** What the user should know beside the verdict, the most important first. */
export function notesOf(about: Case, failedUnauthorised: number): string[] {
  return [
    about.policy.disputed,
    contradictedNote(about),
    ...listUserNotes(about),
    changeNote(about),
    stoppedNote(about, failedUnauthorised),
    ownNamesNote(about),
    absentNamesNote(about),
    historicNote(about),
  ].filter((note) => note !== null);
}

/** The user's word that the domain sends nothing ends where its mail is seen. */
function contradictedNote({ words, own, unknown, window }: Case): string | null {
  const said = words.sendsNothing;
  const messages = [...own, ...unknown].reduce((sum, one) => sum + messagesIn(one, window), 0);
  if (said === null || messages === 0) return null;
  return `${said.by} said that the domain sends nothing, and ${messagesInWords(messages)} speak against it.`;
}

/** What the next rung would stop, shown beside the readiness and no part of it. */
function stoppedNote(about: Case, failed: number): string | null {
  if (failed === 0) return null;
  return `p=${about.step.target} would have asked receivers to stop ${perWeekInWords(failed, about)} that others send in your name.`;
}

function listUserNotes({ listUsers, policy, forwarded, window, step }: Case): string[] {
  if (!listUsers) return [];
  const hit = sumOver(forwarded, 'failed', window);
  const notes = [
    'Your users write to mailing lists. RFC 9989 tells such domains not to publish p=reject; p=quarantine is a good place to stay.',
  ];
  if (step.kind === 'raise-p-testing')
    notes.push(
      'Begin with p=quarantine; t=y for 30 days: many lists rewrite From only then, so that the losses seen at p=none are overstated. Receivers that know only RFC 7489 ignore t=y and apply p=quarantine in full; how many honour it shows once it is published.',
    );
  if (policy.rung === 'quarantine' && step.target === 'reject')
    notes.push(
      `p=reject remains your own choice. It would cost about ${perWeekInWords(hit, { window })}; accept the gate of forwarding losses to say so.`,
    );
  return notes;
}

/** A change seen in the reports opens a watch. */
function changeNote({ policy, at, settings }: Case): string | null {
  const { sinceDay, before, force } = policy;
  if (sinceDay === null || before === null || sinceDay + settings.watchDays <= at) return null;
  const changed = `Reports show ${forceInWords(force)} since ${dayInWords(sinceDay)}, and ${forceInWords(before)} before.`;
  if (force.p === 'none') return changed;
  return `${changed} Watched until ${dayInWords(sinceDay + settings.watchDays)}: ${boundInWords({ settings }, force.p)}`;
}

/** Mail of names with a record of their own is judged there. */
function ownNamesNote({ mail }: Findings): string | null {
  if (mail.otherPolicyDomains.length === 0) return null;
  return `Judged apart, because reports of their own come for them: ${listInWords(mail.otherPolicyDomains)}.`;
}

/** np=reject costs nothing where no mail of yours uses a name that does not exist. */
function absentNamesNote(about: Case): string | null {
  const { dns, mail } = about;
  const record = ownRecord(about);
  if (dns === null || record === null || record.np !== null) return null;
  if (!isOrganizational(mail.domain) || dns.wildcard !== false) return null;
  const exists = new Map(dns.names.map(({ name, exists: known }) => [name, known]));
  if (tiedNames(about).some((name) => exists.get(name) !== true)) return null;
  const text = targetRecord(about, { np: 'reject' });
  if (text === null) return null;
  return `None of your mail uses a name that DNS does not know, so np=reject may go in a step of its own: ${text}`;
}

/** Author names below the domain in own, forwarded and unknown mail. */
function tiedNames({ mail, judgedSources }: Findings): string[] {
  const names = judgedSources
    .flatMap((source) => source.streams)
    .flatMap((index) => mail.streams[index]?.shape.identifiers.headerFrom ?? []);
  return [...new Set(names)].filter((name) => name !== mail.domain);
}

const HISTORIC = ['pct', 'rf', 'ri'] as const;

function historicNote(about: Case): string | null {
  const record = ownRecord(about);
  if (record === null) return null;
  const found = HISTORIC.filter((name) => tagValue(record.tags, name) !== null);
  if (found.length === 0) return null;
  const isEffective = record.pct !== null && record.pct < 100;
  if (isEffective && found.length === 1) return null;
  const removable = isEffective ? found.filter((name) => name !== 'pct') : found;
  return `${listInWords(removable)} ${removable.length === 1 ? 'is' : 'are'} historic since RFC 9989. Take ${removable.length === 1 ? 'it' : 'them'} out in a step of its own.`;
}

/** Which sources below the domain's own name are not ready, where the step spares them. */
export function sparedNote(below: readonly SourceDays[], about: Case): string {
  const named = below
    .map((source) => ({ source, messages: messagesIn(source, about.window) }))
    .filter(({ messages }) => messages > 0)
    .sort((a, b) => b.messages - a.messages)
    .map(({ source, messages }) => `${source.source.name} (${messagesInWords(messages)})`);
  return `Mail of subdomains is not ready yet and keeps its present policy: ${listInWords(named)}.`;
}
