import type { ClassWord, MailClass } from '../../store/domain-mail.ts';
import type { ClassifiedSource, Evidence } from '../classified.ts';
import { dayInWords } from '../verdict/in-words.ts';
import { evidenceText, type Told } from './evidence.ts';
import { byStrength, CLASS_OF_RULE, type Rule } from './rules.ts';
import { type RuleSum, type SourceDraft, sourceName } from './sources.ts';
import { type Finding, untiedFindings, type UntiedGrounds } from './untied.ts';

export interface JudgeGrounds extends UntiedGrounds {
  domain: string;
  /** A shared network that the owner uses. */
  isUsed: (draft: SourceDraft) => boolean;
  wordOn: (id: string) => ClassWord | null;
}

/** The class of a source with its evidence. */
export function judgeSource(draft: SourceDraft, grounds: JudgeGrounds): ClassifiedSource {
  const findings = findingsOf(draft, grounds).concat(sharing(draft, grounds));
  const spoken = [
    ...spokenOf(draft, grounds),
    ...findings.map((finding) => spokenFinding(finding, draft, grounds)),
  ];
  const rules = spoken.map(({ rule }) => rule);
  const byRule = classOf(draft, rules);
  const word = grounds.wordOn(draft.id);
  if (spoken.length > 1)
    spoken.sort((a, b) => decides(b.rule, byRule) - decides(a.rule, byRule) || byStrength(a, b));
  const evidence = spoken.map(({ rule, told }): Evidence => {
    return { rule, text: evidenceText(rule, told), messages: told.messages };
  });
  return {
    ...{ id: draft.id, name: sourceName(draft), network: draft.network, split: draft.split },
    class: word?.class ?? byRule,
    evidence: word === null ? evidence : [wordEvidence(word, draft.messages), ...evidence],
    word: word === null ? null : { by: word.by, day: word.day, note: word.note },
    streams: placesOf(draft),
  };
}

function placesOf({ readings }: SourceDraft): number[] {
  const places = readings.map(({ index }) => index);
  return places.length > 1 ? places.sort((a, b) => a - b) : places;
}

interface SpokenRule {
  rule: Exclude<Rule, 'user-word'>;
  told: Told;
}

/** Findings on the source as a whole. */
function findingsOf(draft: SourceDraft, grounds: JudgeGrounds): Finding[] {
  if (draft.standing === 'rest') return untiedFindings(draft, grounds);
  if (draft.standing !== 'spf-alone') return [];
  const first = firstDayOf(draft);
  const isKnown = first !== null && first < grounds.window.from;
  const { messages } = draft;
  return [{ rule: isKnown ? 'seen-before' : 'shared-include', messages, days: 0, networks: 0 }];
}

function sharing(draft: SourceDraft, grounds: JudgeGrounds): Finding[] {
  if (draft.standing !== 'rest' || !grounds.isUsed(draft)) return [];
  return [{ rule: 'other-customer', messages: draft.messages, days: 0, networks: 0 }];
}

function spokenOf(draft: SourceDraft, grounds: JudgeGrounds): SpokenRule[] {
  if (draft.rules.size === 0) return [];
  return [...draft.rules].flatMap(([rule, sum]) =>
    rule === 'user-word' ? [] : [{ rule, told: toldOf(draft, grounds, sum) }],
  );
}

const NOTHING: ReadonlyMap<string, number> = new Map();

function spokenFinding(
  { rule, messages, days, networks }: Finding,
  draft: SourceDraft,
  grounds: JudgeGrounds,
): SpokenRule {
  const told = toldOf(draft, grounds, { messages, about: NOTHING });
  told.days = days;
  told.networks = networks;
  return { rule: rule === 'user-word' ? 'steady' : rule, told };
}

function toldOf(
  draft: SourceDraft,
  grounds: JudgeGrounds,
  { messages, about }: Pick<RuleSum, 'messages'> & { about: ReadonlyMap<string, number> },
): Told {
  return {
    domain: grounds.domain,
    network: draft.network.name,
    messages,
    about: ranked(about),
    days: 0,
    windowDays: grounds.window.to - grounds.window.from + 1,
    steadyDays: grounds.steadyDays,
    networks: 0,
    firstDay: firstDayOf(draft),
  };
}

function ranked(about: ReadonlyMap<string, number>): string[] {
  if (about.size === 0) return [];
  return [...about].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([text]) => text);
}

/** Tied and forwarded mail is so by its split; of the rest a question outweighs a suspicion. */
function classOf({ standing, isScattered }: SourceDraft, rules: readonly Rule[]): MailClass {
  if (standing === 'tied') return 'own';
  if (standing === 'forwarded') return 'forwarder';
  if (standing === 'spf-alone') return rules.includes('seen-before') ? 'own' : 'unknown';
  const isAsked = rules.some((rule) => CLASS_OF_RULE[rule] === 'unknown');
  return isAsked && !isScattered ? 'unknown' : 'unauthorised';
}

function decides(rule: Rule, byRule: MailClass): number {
  return CLASS_OF_RULE[rule] === byRule ? 1 : 0;
}

function firstDayOf({ readings }: SourceDraft): number | null {
  return readings.reduce<number | null>(
    (first, { stream: { firstDay } }) =>
      firstDay === null || (first !== null && first <= firstDay) ? first : firstDay,
    null,
  );
}

function wordEvidence({ by, day, class: said, note }: ClassWord, messages: number): Evidence {
  const words = `${by} said on ${dayInWords(day)}: ${WORDS[said]}`;
  return { rule: 'user-word', text: note === null ? `${words}.` : `${words} (${note}).`, messages };
}

const WORDS: Readonly<Record<MailClass, string>> = {
  own: 'this is ours',
  forwarder: 'this passes our mail on',
  unauthorised: 'this is not ours',
  unknown: 'we do not know yet',
};
