import type { Limits } from './limits.ts';
import { type Problem, refused } from './problem.ts';
import type { Warning } from './report.ts';
import type { Tag } from './splitter-tag.ts';

/** What the splitter finds, as it finds it. Pieces are Latin-1 text of elements and text, nothing else. */
export interface SplitterEvents {
  /** The inside of an XML declaration. */
  declaration(text: string): Problem | null;
  record(piece: string): RecordTaken;
  recordTooLarge(): Problem | null;
  warn(warning: Warning): void;
}
export type RecordTaken = 'taken' | 'not-well-formed' | Problem;

/** The elements of a document as they open and close; puts together head and records under the caps. */
export interface Outline {
  tag(tag: Tag, source: string): Problem | null;
  /** @param bytes its length as sent, where the piece is escaped. */
  text(piece: string, bytes?: number): Problem | null;
  /** A record was taken in one go. */
  passRecord(): void;
  readonly place: Place;
  /** Nothing but a child of the feedback element, which is the root, can come next. */
  isBetweenChildren(): boolean;
  /** Elements that are open. */
  depth(): number;
  hasRoot(): boolean;
  head(): string;
  /** The attributes of the feedback element, as written. */
  namespaces(): string;
}
type Place = 'before-feedback' | 'in-feedback' | 'after-feedback';

interface State {
  readonly limits: Limits;
  readonly events: SplitterEvents;
  /** Names of the open elements, from the root. */
  readonly open: string[];
  place: Place;
  feedbackDepth: number;
  namespaces: string;
  head: string;
  headBytes: number;
  /** The record that is open; null outside one. */
  record: { text: string; bytes: number } | null;
  /** Since the last tag. */
  textBytes: number;
  rootIsMet: boolean;
}

const RECORD = 'record';
const FEEDBACK = 'feedback';
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

export function createOutline(limits: Limits, events: SplitterEvents): Outline {
  const state: State = {
    limits,
    events,
    open: [],
    place: 'before-feedback',
    feedbackDepth: 0,
    namespaces: '',
    head: '',
    headBytes: 0,
    record: null,
    textBytes: 0,
    rootIsMet: false,
  };
  return {
    tag: (tag, source) => takeTag(state, tag, source),
    text: (piece, bytes = piece.length) => takeText(state, piece, bytes),
    passRecord: () => (state.textBytes = 0),
    get place() {
      return state.place;
    },
    isBetweenChildren: () =>
      state.place === 'in-feedback' && state.open.length === 1 && state.feedbackDepth === 1,
    depth: () => state.open.length,
    hasRoot: () => state.rootIsMet,
    head: () => state.head,
    namespaces: () => state.namespaces,
  };
}

function takeTag(state: State, { kind, name }: Tag, source: string): Problem | null {
  state.textBytes = 0;
  if (kind === 'close') return closeElement(state, name, source.length);
  const problem = openElement(state, name, source);
  return problem ?? (kind === 'empty' ? closeElement(state, name, 0) : null);
}

function openElement(state: State, name: string, source: string): Problem | null {
  const { open, place, limits } = state;
  const local = localName(name);
  const problem = misplaced(state, local);
  if (problem !== null) return problem;
  if (open.length >= limits.xmlDepth) {
    return refused('depth', `Elements are nested more than ${limits.xmlDepth} deep.`);
  }
  state.rootIsMet = true;
  open.push(name);
  if (place === 'before-feedback' && local === FEEDBACK) {
    openFeedback(state, source.slice(1 + name.length, -1));
    return null;
  }
  const isChild = place === 'in-feedback' && open.length === state.feedbackDepth + 1;
  if (isChild && local === RECORD) state.record = { text: '', bytes: 0 };
  return add(state, `<${local}>`, source.length);
}

function misplaced({ open, place, rootIsMet }: State, local: string): Problem | null {
  if (open.length === 0 && rootIsMet) {
    return refused('malformed', 'There is a second root element.');
  }
  return place === 'after-feedback' && local === FEEDBACK
    ? refused('malformed', 'There is a second feedback element.')
    : null;
}

function openFeedback(state: State, namespaces: string): void {
  state.place = 'in-feedback';
  state.feedbackDepth = state.open.length;
  state.namespaces = namespaces;
  if (state.feedbackDepth > 1) state.events.warn('foreign-wrapper');
}

function closeElement(state: State, name: string, bytes: number): Problem | null {
  const { open, feedbackDepth } = state;
  if (open.at(-1) !== name) {
    return refused('malformed', `</${name.slice(0, 80)}> closes what is not open.`);
  }
  const depth = open.length;
  const problem = add(state, `</${localName(name)}>`, bytes);
  open.pop();
  if (problem !== null || state.place !== 'in-feedback') return problem;
  if (depth === feedbackDepth) state.place = 'after-feedback';
  return depth === feedbackDepth + 1 ? endRecord(state) : null;
}

function endRecord(state: State): Problem | null {
  const { record, events, limits } = state;
  if (record === null) return null;
  state.record = null;
  if (record.bytes > limits.recordBytes) return events.recordTooLarge();
  const taken = events.record(record.text);
  if (taken === 'taken') return null;
  return taken === 'not-well-formed'
    ? refused('malformed', 'A record is not well-formed XML.')
    : taken;
}

function takeText(state: State, piece: string, bytes: number): Problem | null {
  if (state.open.length === 0) {
    return piece.trim() === ''
      ? null
      : refused('malformed', 'There is text outside of the root element.');
  }
  if (state.place !== 'in-feedback') return null;
  state.textBytes += bytes;
  return state.textBytes > state.limits.textBytes
    ? refused('text-limit', `A text is longer than ${state.limits.textBytes} bytes.`)
    : add(state, piece, bytes);
}

/** Adds to the record that is open, or to the head. */
function add(state: State, piece: string, bytes: number): Problem | null {
  const { record, limits } = state;
  if (record !== null) {
    record.bytes += bytes;
    // What goes on beyond the cap is followed, and not kept.
    record.text = record.bytes > limits.recordBytes ? '' : record.text + piece;
    return null;
  }
  if (state.place !== 'in-feedback' || state.open.length <= state.feedbackDepth) return null;
  state.head += piece;
  state.headBytes += bytes;
  return state.headBytes > limits.headBytes
    ? refused('head-limit', `Metadata and policy are larger than ${limits.headBytes} bytes.`)
    : null;
}
