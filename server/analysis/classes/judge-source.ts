import type { ClassWord, MailClass } from '../../store/domain-mail.ts';
import type { ClassifiedSource, Evidence } from '../classified.ts';
import { dayInWords } from '../verdict/in-words.ts';
import { evidenceText, type Told } from './evidence.ts';
import { byStrength, CLASS_OF_RULE, type Rule } from './rules.ts';
import { type SourceDraft, sourceName } from './sources.ts';
import { type Finding, untiedFindings, type UntiedGrounds } from './untied.ts';

export interface JudgeGrounds extends UntiedGrounds {
  domain: string;
  /** A shared network that the owner uses. */
  isUsed: (draft: SourceDraft) => boolean;
  wordOn: (id: string) => ClassWord | null;
}

/** The class of a source with its evidence. */
export function judgeSource(draft: SourceDraft, grounds: JudgeGrounds): ClassifiedSource {
  const spoken = spokenOf(draft, grounds);
  const byRule = classOf(draft, spoken);
  const word = grounds.wordOn(draft.id);
  if (spoken.length > 1)
    spoken.sort((a, b) => decides(b.rule, byRule) - decides(a.rule, byRule) || byStrength(a, b));
  const evidence = spoken.map(({ rule, told }): Evidence => {
    return { rule, text: evidenceText(rule, told), messages: told.messages };
  });
  // Written out: there are thousands, and a spread costs more than all that is in it.
  const { id, network, split } = draft;
  const [name, streams] = [sourceName(draft), placesOf(draft)];
  if (word === null)
    return { id, name, network, split, class: byRule, evidence, word: null, streams };
  evidence.unshift(wordEvidence(word, draft.messages));
  const { by, day, note } = word;
  const said = { by, day, note };
  return { id, name, network, split, class: word.class, evidence, word: said, streams };
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
  const { messages, firstDay } = draft;
  const isKnown = firstDay !== null && firstDay < grounds.window.from;
  return [{ rule: isKnown ? 'seen-before' : 'shared-include', messages, days: 0, networks: 0 }];
}

/** What the streams say, then what is found on the source as a whole. */
function spokenOf(draft: SourceDraft, grounds: JudgeGrounds): SpokenRule[] {
  const spoken: SpokenRule[] = [];
  const add = (rule: Rule, told: Told) => {
    if (rule !== 'user-word') spoken.push({ rule, told });
  };
  for (const { rule, messages, about } of draft.rules)
    add(rule, toldOf(draft, grounds, { messages, days: 0, networks: 0 }, ranked(about)));
  for (const finding of findingsOf(draft, grounds))
    add(finding.rule, toldOf(draft, grounds, finding, NOTHING));
  const { messages } = draft;
  if (draft.standing === 'rest' && grounds.isUsed(draft))
    add('other-customer', toldOf(draft, grounds, { messages, days: 0, networks: 0 }, NOTHING));
  return spoken;
}

const NOTHING: readonly string[] = [];

function toldOf(
  draft: SourceDraft,
  grounds: JudgeGrounds,
  { messages, days, networks }: Omit<Finding, 'rule'>,
  about: readonly string[],
): Told {
  return {
    domain: grounds.domain,
    network: draft.network.name,
    messages,
    about,
    days,
    windowDays: grounds.window.to - grounds.window.from + 1,
    steadyDays: grounds.steadyDays,
    networks,
    firstDay: draft.firstDay,
  };
}

function ranked(about: ReadonlyMap<string, number>): readonly string[] {
  if (about.size === 0) return NOTHING;
  return [...about].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([text]) => text);
}

/** Tied and forwarded mail is so by its split; of the rest a question outweighs a suspicion. */
function classOf({ standing, isScattered }: SourceDraft, spoken: readonly SpokenRule[]): MailClass {
  if (standing === 'tied') return 'own';
  if (standing === 'forwarded') return 'forwarder';
  if (standing === 'spf-alone')
    return spoken.some(({ rule }) => rule === 'seen-before') ? 'own' : 'unknown';
  const isAsked = spoken.some(({ rule }) => CLASS_OF_RULE[rule] === 'unknown');
  return isAsked && !isScattered ? 'unknown' : 'unauthorised';
}

function decides(rule: Rule, byRule: MailClass): number {
  return CLASS_OF_RULE[rule] === byRule ? 1 : 0;
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
