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
  /** Nothing but the root's children can come next. */
  isBetweenChildren(): boolean;
  /** Elements that are open. */
  depth(): number;
  hasRoot(): boolean;
  readonly head: string;
  /** The attributes of the feedback element, as written. */
  readonly namespaces: string;
}
type Place = 'before-feedback' | 'in-feedback' | 'after-feedback';

const RECORD = 'record';
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
const isBlank = (text: string): boolean => text.trim() === '';

export function createOutline(limits: Limits, events: SplitterEvents): Outline {
  const open: string[] = [];
  let place: Place = 'before-feedback';
  let feedbackDepth = 0;
  let namespaces = '';
  let head = '';
  let headBytes = 0;
  /** The record that is open; null outside one. */
  let record: { text: string; bytes: number } | null = null;
  let textBytes = 0;
  let rootIsMet = false;

  const add = (piece: string, bytes: number): Problem | null => {
    if (record !== null) {
      record.bytes += bytes;
      // What goes on beyond the cap is followed, and not kept.
      record.text = record.bytes > limits.recordBytes ? '' : record.text + piece;
      return null;
    }
    if (place !== 'in-feedback' || open.length <= feedbackDepth) return null;
    head += piece;
    headBytes += bytes;
    return headBytes > limits.headBytes
      ? refused('head-limit', `Metadata and policy are larger than ${limits.headBytes} bytes.`)
      : null;
  };

  const openElement = (name: string, source: string): Problem | null => {
    const local = localName(name);
    if (open.length >= limits.xmlDepth) {
      return refused('depth', `Elements are nested more than ${limits.xmlDepth} deep.`);
    }
    if (open.length === 0 && rootIsMet) {
      return refused('malformed', 'There is a second root element.');
    }
    if (place === 'after-feedback' && local === 'feedback') {
      return refused('malformed', 'There is a second feedback element.');
    }
    rootIsMet = true;
    open.push(name);
    if (place === 'before-feedback' && local === 'feedback') {
      place = 'in-feedback';
      feedbackDepth = open.length;
      namespaces = source.slice(1 + name.length, -1);
      if (feedbackDepth > 1) events.warn('foreign-wrapper');
      return null;
    }
    const isRecord =
      place === 'in-feedback' && open.length === feedbackDepth + 1 && local === RECORD;
    if (isRecord) record = { text: '', bytes: 0 };
    return add(`<${local}>`, source.length);
  };

  const closeElement = (name: string, bytes: number): Problem | null => {
    if (open.at(-1) !== name) {
      return refused('malformed', `</${name.slice(0, 80)}> closes what is not open.`);
    }
    const depth = open.length;
    const problem = add(`</${localName(name)}>`, bytes);
    open.pop();
    if (problem !== null || place !== 'in-feedback') return problem;
    if (depth === feedbackDepth) place = 'after-feedback';
    return record !== null && depth === feedbackDepth + 1 ? endRecord(record) : null;
  };

  const endRecord = ({ text, bytes }: { text: string; bytes: number }): Problem | null => {
    record = null;
    if (bytes > limits.recordBytes) return events.recordTooLarge();
    const taken = events.record(text);
    if (taken === 'taken') return null;
    return taken === 'not-well-formed'
      ? refused('malformed', 'A record is not well-formed XML.')
      : taken;
  };

  return {
    tag({ kind, name }, source) {
      textBytes = 0;
      const bytes = source.length;
      if (kind === 'close') return closeElement(name, bytes);
      return openElement(name, source) ?? (kind === 'empty' ? closeElement(name, 0) : null);
    },
    text(piece, bytes = piece.length) {
      if (open.length === 0) {
        return isBlank(piece)
          ? null
          : refused('malformed', 'There is text outside of the root element.');
      }
      if (place !== 'in-feedback') return null;
      textBytes += bytes;
      if (textBytes > limits.textBytes) {
        return refused('text-limit', `A text is longer than ${limits.textBytes} bytes.`);
      }
      return add(piece, bytes);
    },
    passRecord() {
      textBytes = 0;
    },
    get place() {
      return place;
    },
    isBetweenChildren: () => place === 'in-feedback' && open.length === 1 && feedbackDepth === 1,
    depth: () => open.length,
    hasRoot: () => rootIsMet,
    get head() {
      return head;
    },
    get namespaces() {
      return namespaces;
    },
  };
}
