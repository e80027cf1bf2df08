import type { Split } from '../classified.ts';
import type { SourceName } from '../../store/source-naming.ts';
import type { Reading } from './reading.ts';
import type { Rule } from './rules.ts';
import type { StreamSplit } from './splits.ts';

/** Messages on which a rule rests, and of what it speaks with the messages of each. */
export interface RuleSum {
  messages: number;
  about: Map<string, number>;
}

/** Streams of one source, before its class. */
export interface SourceDraft {
  id: string;
  network: SourceName;
  split: Split;
  standing: StreamSplit['standing'];
  isScattered: boolean;
  readings: Reading[];
  messages: number;
  rules: Map<Rule, RuleSum>;
}

/** A stream's part in its source. */
export interface Placed extends StreamSplit {
  /** Of a shape that comes from everywhere, or with a copied signature. */
  isScattered: boolean;
}

/**
 * An id is made of what a stream says, not of how much there is of it, so that it stays the same. Only
 * mail of a shape that comes from everywhere is kept apart from other mail without a tie: whoever
 * knows a machine in a network does not know the botnet in it.
 */
export function sourceId(network: SourceName, split: Split, isScattered: boolean): string {
  return `${network.id}#${splitText(split)}${isScattered ? SCATTERED : ''}`;
}

const SCATTERED = '~scattered';

function splitText(split: Split): string {
  return split.kind === 'as' ? `as:${split.domain}` : split.kind;
}

/** Ids under which the same mail may have stood when there was less of it, or more. */
export function earlierIds(id: string): string[] {
  if (id.endsWith(SCATTERED)) return [id.slice(0, -SCATTERED.length)];
  if (id.endsWith('#own')) return [`${id.slice(0, -'own'.length)}forwarded`];
  if (id.endsWith('#forwarded')) return [`${id.slice(0, -'forwarded'.length)}own`];
  return [`${id}${SCATTERED}`];
}

/** One draft a source, in order of first appearance. */
export function draftSources(
  readings: readonly Reading[],
  placed: readonly Placed[],
): SourceDraft[] {
  const drafts = new Map<string, SourceDraft>();
  readings.forEach((reading, place) => {
    const stream = placed[place];
    if (stream === undefined) return;
    const { network } = reading.stream;
    const id = sourceId(network, stream.split, stream.isScattered);
    let draft = drafts.get(id);
    if (draft === undefined) drafts.set(id, (draft = newDraft(id, network, stream)));
    addStream(draft, reading, stream);
  });
  return [...drafts.values()];
}

function newDraft(
  id: string,
  network: SourceName,
  { split, standing, isScattered }: Placed,
): SourceDraft {
  return {
    ...{ id, network, split, standing, isScattered, readings: [], messages: 0 },
    rules: new Map<Rule, RuleSum>(),
  };
}

function addStream(draft: SourceDraft, reading: Reading, { spoken, standing }: Placed): void {
  draft.readings.push(reading);
  draft.messages += reading.messages;
  // The strongest standing of its streams is the source's: tied mail keeps the rest company.
  if (
    standing !== draft.standing &&
    STANDINGS.indexOf(standing) < STANDINGS.indexOf(draft.standing)
  )
    draft.standing = standing;
  for (const { rule, about } of spoken) addRule(draft.rules, rule, about, reading.messages);
}

const STANDINGS: readonly StreamSplit['standing'][] = ['tied', 'spf-alone', 'forwarded', 'rest'];

export function addRule(
  rules: Map<Rule, RuleSum>,
  rule: Rule,
  about: string,
  messages: number,
): void {
  const sum = rules.get(rule) ?? { messages: 0, about: new Map<string, number>() };
  sum.messages += messages;
  if (about !== '') sum.about.set(about, (sum.about.get(about) ?? 0) + messages);
  rules.set(rule, sum);
}

/** "Google Workspace, as you", "Linode (AS63949), nobody". */
export function sourceName({ network, split, isScattered, readings }: SourceDraft): string {
  const crowd = isScattered ? ', like many networks' : '';
  return `${network.name}, ${asWhom(split, readings)}${crowd}`;
}

function asWhom(split: Split, readings: readonly Reading[]): string {
  if (split.kind === 'own') return 'as you';
  if (split.kind === 'forwarded') return 'passing your mail on';
  if (split.kind === 'as') return `as ${split.domain}`;
  return readings.some(({ identity }) => identity.isService) ? 'as itself' : 'nobody';
}
