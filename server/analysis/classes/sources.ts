import type { Split } from '../classified.ts';
import type { SourceName } from '../../store/source-naming.ts';
import type { Reading } from './reading.ts';
import type { Rule } from './rules.ts';
import type { StreamSplit } from './splits.ts';

/** Messages on which a rule rests, and of what it speaks with the messages of each. */
export interface RuleSum {
  rule: Rule;
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
  /** First day of any of its mail; null where none is known. */
  firstDay: number | null;
  /** Each rule once, in order of first appearance. */
  rules: RuleSum[];
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
  const drafts: SourceDraft[] = [];
  // By network, and not by their ids, which are long texts to make for every stream.
  const ofNetworks = new Map<string, SourceDraft[]>();
  readings.forEach((reading, place) => {
    const stream = placed[place];
    if (stream === undefined) return;
    const { network } = reading.stream;
    let ofNetwork = ofNetworks.get(network.id);
    if (ofNetwork === undefined) ofNetworks.set(network.id, (ofNetwork = []));
    let draft = ofNetwork.find((known) => isSameSource(known, stream));
    if (draft === undefined) {
      draft = newDraft(network, stream);
      ofNetwork.push(draft);
      drafts.push(draft);
    }
    addStream(draft, reading, stream);
  });
  return drafts;
}

function isSameSource(draft: SourceDraft, { split, isScattered }: Placed): boolean {
  if (draft.isScattered !== isScattered || draft.split.kind !== split.kind) return false;
  return draft.split === split || splitText(draft.split) === splitText(split);
}

function newDraft(network: SourceName, { split, standing, isScattered }: Placed): SourceDraft {
  // Written out, as everything that is made thousands of times: a spread takes longer than the rest.
  return {
    id: sourceId(network, split, isScattered),
    network,
    split,
    standing,
    isScattered,
    readings: [],
    messages: 0,
    firstDay: null,
    rules: [],
  };
}

function addStream(draft: SourceDraft, reading: Reading, { spoken, standing }: Placed): void {
  draft.readings.push(reading);
  draft.messages += reading.messages;
  const { firstDay } = reading.stream;
  if (firstDay !== null && (draft.firstDay === null || firstDay < draft.firstDay))
    draft.firstDay = firstDay;
  // The strongest standing of its streams is the source's: tied mail keeps the rest company.
  if (
    standing !== draft.standing &&
    STANDINGS.indexOf(standing) < STANDINGS.indexOf(draft.standing)
  )
    draft.standing = standing;
  for (const { rule, about } of spoken) addRule(draft.rules, rule, about, reading.messages);
}

const STANDINGS: readonly StreamSplit['standing'][] = ['tied', 'spf-alone', 'forwarded', 'rest'];

function addRule(rules: RuleSum[], rule: Rule, about: string, messages: number): void {
  let sum = rules.find((known) => known.rule === rule);
  if (sum === undefined) {
    sum = { rule, messages: 0, about: new Map() };
    rules.push(sum);
  }
  sum.messages += messages;
  if (about !== '') sum.about.set(about, (sum.about.get(about) ?? 0) + messages);
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
