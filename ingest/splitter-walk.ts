import type { Limits } from './limits.ts';
import { type Problem, refused } from './problem.ts';
import type { Outline, SplitterEvents } from './splitter-outline.ts';
import { scanTag } from './splitter-tag.ts';
import { escapeText } from './text.ts';

/** The state of a walk through a document, of which `text` is what is there and not yet read. */
export interface Walk {
  readonly limits: Limits;
  readonly events: SplitterEvents;
  readonly outline: Outline;
  text: string;
  at: number;
  problem: Problem | null;
  /** A problem met before any feedback element: it counts only if one follows. */
  early: Problem | null;
  section: Section | null;
}

/** A comment or CDATA section that is open, with its length so far. */
export interface Section {
  kind: typeof COMMENT;
  bytes: number;
}

const COMMENT = { start: '<!--', end: '-->' };
const CDATA = { start: '<![CDATA[', end: ']]>' };
const DECLARATION = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iy;
const LONGEST_DECLARATION = '<!NOTATION'.length;

/** Notes a problem, if there is one; false stops the walk. */
export function fail(walk: Walk, found: Problem | null): boolean {
  if (found === null) return true;
  // In another encoding the feedback element could not be seen.
  const isEarly = walk.outline.place === 'before-feedback' && found.reason !== 'encoding';
  if (isEarly) walk.early ??= found;
  else walk.problem ??= found;
  return false;
}

/** Reads one thing: a text, a tag, a part of a section. False: more is needed, or there is a problem. */
export function step(walk: Walk, isLast: boolean): boolean {
  if (walk.section !== null) return passSection(walk, walk.section, isLast);
  const { text, at } = walk;
  const next = text.indexOf('<', at);
  if (next === at) return readMarkup(walk, isLast);
  walk.at = next < 0 ? text.length : next;
  return fail(walk, walk.outline.text(text.slice(at, walk.at)));
}

function readMarkup(walk: Walk, isLast: boolean): boolean {
  const { text, at, limits } = walk;
  if (text[at + 1] === '!') return readDeclaration(walk, isLast);
  if (text[at + 1] === '?') return readInstruction(walk);
  const tag = scanTag(text, at);
  if (tag === 'text') return readAngleBracket(walk);
  if (tag === 'broken') return fail(walk, refused('malformed', 'A "<" begins no tag.'));
  const end = tag === 'more' ? text.length : tag.end;
  if (end - at > limits.startTagBytes) return fail(walk, tagTooLong(limits));
  if (tag === 'more') return false;
  const isTaken = fail(walk, walk.outline.tag(tag, text.slice(at, end)));
  if (isTaken) walk.at = end;
  return isTaken;
}

const tagTooLong = ({ startTagBytes }: Limits): Problem =>
  refused('tag-size', `A tag is longer than ${startTagBytes} bytes.`);

function readAngleBracket(walk: Walk): boolean {
  walk.at += 1;
  if (walk.outline.place === 'in-feedback') walk.events.warn('raw-angle-bracket');
  return fail(walk, walk.outline.text('&lt;', 1));
}

function readDeclaration(walk: Walk, isLast: boolean): boolean {
  const { text, at } = walk;
  const kind = [COMMENT, CDATA].find(({ start }) => text.startsWith(start, at));
  if (kind !== undefined) {
    walk.section = { kind, bytes: 0 };
    walk.at += kind.start.length;
    return true;
  }
  const isShort = text.length - at < LONGEST_DECLARATION;
  if (isShort && !isLast) return false;
  DECLARATION.lastIndex = at;
  if (DECLARATION.test(text)) {
    return fail(walk, refused('doctype', 'It declares a document type, which no report needs.'));
  }
  // What is cut off may have been going to be a comment.
  return isShort
    ? false
    : fail(walk, refused('malformed', 'There is a declaration that is not known.'));
}

function readInstruction(walk: Walk): boolean {
  const { text, at, limits, events } = walk;
  const end = text.indexOf('?>', at + 2);
  if ((end < 0 ? text.length : end) - at > limits.startTagBytes) {
    return fail(walk, tagTooLong(limits));
  }
  if (end < 0) return false;
  const inner = text.slice(at + 2, end);
  walk.at = end + 2;
  return /^xml\s/i.test(inner) ? fail(walk, events.declaration(inner)) : true;
}

function passSection(walk: Walk, section: Section, isLast: boolean): boolean {
  const { text, at } = walk;
  const found = text.indexOf(section.kind.end, at);
  // The end may be cut by the chunk's.
  const held = isLast ? 0 : section.kind.end.length - 1;
  const end = found < 0 ? Math.max(at, text.length - held) : found;
  const piece = text.slice(at, end);
  section.bytes += piece.length;
  walk.at = found < 0 ? end : end + section.kind.end.length;
  if (found >= 0) walk.section = null;
  const isTaken =
    section.kind === COMMENT || fail(walk, walk.outline.text(escapeText(piece), piece.length));
  return isTaken && found >= 0;
}
