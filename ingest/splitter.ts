import type { Limits } from './limits.ts';
import { notAReport, type Problem, refused } from './problem.ts';
import { createOutline, type SplitterEvents } from './splitter-outline.ts';
import { scanTag } from './splitter-tag.ts';
import { escapeText } from './text.ts';

export interface SplitterEnd {
  /** Everything of the feedback element outside its records. */
  head: string;
  /** Its attributes, as written. */
  namespaces: string;
}

export interface Splitter {
  /** Takes the next characters (Latin-1, one a byte); a problem ends it. */
  write(chunk: string): Problem | null;
  end(): SplitterEnd | Problem;
}

const RECORD_START = '<record>';
const RECORD_END = '</record>';
/** Longest record that is cut in one go. */
const PLAIN_RECORD_BYTES = 64 * 1024;
const OTHER_SHAPES = ['<!', '<?', '"', "'"];
const COMMENT = { start: '<!--', end: '-->' };
const CDATA = { start: '<![CDATA[', end: ']]>' };
const DECLARATION = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iy;
const LONGEST_DECLARATION = '<!NOTATION'.length;
const FEEDBACK_TAG = /<(?:[\w.-]{1,64}:)?feedback[\s/>]/;
const LONGEST_FEEDBACK_TAG = 80;

/**
 * Walks a document as it streams in, and cuts it at its records; it holds one chunk and one record. A
 * record in the plain shape is cut by looking for its end; everything else (and, without `plainShape`,
 * everything) is read tag by tag. Both give the same.
 */
export function createSplitter(
  limits: Limits,
  events: SplitterEvents,
  plainShape: boolean,
): Splitter {
  const outline = createOutline(limits, events);
  const mostPlainBytes = Math.min(
    PLAIN_RECORD_BYTES,
    limits.recordBytes,
    limits.textBytes,
    limits.startTagBytes,
  );
  let text = '';
  let at = 0;
  let problem: Problem | null = null;
  /** The comment or CDATA section that is open, with its length so far. */
  let section: { kind: typeof COMMENT; bytes: number } | null = null;
  /** Where the next mark of another shape (or of an attribute), and the next record's end, stand. */
  let nextSpecial = -1;
  let nextRecordEnd = -1;
  /** A problem met before any feedback element: it counts only if one follows. */
  let early: Problem | null = null;

  const fail = (found: Problem | null): boolean => {
    if (found === null) return true;
    // In another encoding the feedback element could not be seen.
    const isEarly = outline.place === 'before-feedback' && found.reason !== 'encoding';
    if (isEarly) early ??= found;
    else problem ??= found;
    return false;
  };

  /** Reads one thing; false: more text is needed, or there is a problem. */
  const step = (isLast: boolean): boolean => {
    if (section !== null) return passSection(section, isLast);
    if (plainShape && outline.isBetweenChildren() && text.startsWith(RECORD_START, at)) {
      const cut = cutRecord(isLast);
      if (cut !== 'other') return cut === 'cut';
    }
    const next = text.indexOf('<', at);
    if (next === at) return readMarkup(isLast);
    const end = next < 0 ? text.length : next;
    const piece = text.slice(at, end);
    at = end;
    return fail(outline.text(piece));
  };

  const cutRecord = (isLast: boolean): 'cut' | 'wait' | 'other' => {
    if (nextRecordEnd < at) nextRecordEnd = find(RECORD_END);
    if (nextRecordEnd === Infinity) {
      return !isLast && text.length - at < mostPlainBytes ? 'wait' : 'other';
    }
    const end = nextRecordEnd + RECORD_END.length;
    if (nextSpecial < at) nextSpecial = Math.min(...OTHER_SHAPES.map(find));
    if (end > nextSpecial || end - at > mostPlainBytes) return 'other';
    const taken = events.record(text.slice(at, end));
    if (taken === 'not-well-formed') return 'other';
    if (taken !== 'taken') {
      fail(taken);
      return 'wait';
    }
    outline.passRecord();
    at = end;
    return 'cut';
  };

  const find = (mark: string): number => {
    const found = text.indexOf(mark, at);
    return found < 0 ? Infinity : found;
  };

  const readMarkup = (isLast: boolean): boolean => {
    if (text[at + 1] === '!') return readDeclaration(isLast);
    if (text[at + 1] === '?') return readInstruction();
    const tag = scanTag(text, at, limits.startTagBytes);
    if (tag === 'text') return readAngleBracket();
    if (tag === 'broken') return fail(refused('malformed', 'A "<" begins no tag.'));
    const end = tag === 'more' ? text.length : tag.end;
    if (end - at > limits.startTagBytes) {
      return fail(refused('tag-size', `A tag is longer than ${limits.startTagBytes} bytes.`));
    }
    if (tag === 'more') return false;
    const isTaken = fail(outline.tag(tag, text.slice(at, end)));
    if (isTaken) at = end;
    return isTaken;
  };

  const readAngleBracket = (): boolean => {
    at += 1;
    if (outline.place === 'in-feedback') events.warn('raw-angle-bracket');
    return fail(outline.text('&lt;', 1));
  };

  const readDeclaration = (isLast: boolean): boolean => {
    for (const kind of [COMMENT, CDATA]) {
      if (text.startsWith(kind.start, at)) {
        section = { kind, bytes: 0 };
        at += kind.start.length;
        return true;
      }
    }
    if (text.length - at < LONGEST_DECLARATION && !isLast) return false;
    DECLARATION.lastIndex = at;
    if (DECLARATION.test(text)) {
      return fail(refused('doctype', 'It declares a document type, which no report needs.'));
    }
    // What is cut off may have been going to be a comment.
    if (text.length - at < LONGEST_DECLARATION && isLast) return false;
    return fail(refused('malformed', 'There is a declaration that is not known.'));
  };

  const readInstruction = (): boolean => {
    const end = text.indexOf('?>', at + 2);
    if ((end < 0 ? text.length : end) - at > limits.startTagBytes) {
      return fail(refused('tag-size', `A tag is longer than ${limits.startTagBytes} bytes.`));
    }
    if (end < 0) return false;
    const inner = text.slice(at + 2, end);
    at = end + 2;
    return /^xml\s/i.test(inner) ? fail(events.declaration(inner)) : true;
  };

  const passSection = (open: NonNullable<typeof section>, isLast: boolean): boolean => {
    const found = text.indexOf(open.kind.end, at);
    // The end may be cut by the chunk's.
    const held = isLast ? 0 : open.kind.end.length - 1;
    const end = found < 0 ? Math.max(at, text.length - held) : found;
    const piece = text.slice(at, end);
    open.bytes += piece.length;
    at = found < 0 ? end : end + open.kind.end.length;
    if (found >= 0) section = null;
    const isTaken = open.kind === COMMENT || fail(outline.text(escapeText(piece), piece.length));
    return isTaken && found >= 0;
  };

  const advance = (chunk: string, isLast: boolean): void => {
    text = at >= text.length ? chunk : text.slice(at) + chunk;
    at = 0;
    nextSpecial = -1;
    nextRecordEnd = -1;
    while (early === null && problem === null && at < text.length && step(isLast));
    if (early !== null) lookForFeedback(early);
  };

  /** What is broken before any feedback element is a broken report only if there is such an element. */
  const lookForFeedback = (found: Problem): void => {
    if (FEEDBACK_TAG.test(text.slice(at))) problem = found;
    at = Math.max(0, text.length - LONGEST_FEEDBACK_TAG);
  };

  const endProblem = (): Problem | null => {
    const isWhole = section === null && at >= text.length;
    if (outline.place === 'after-feedback') {
      // A foreign wrapper may stay open, or be cut off: it is no part of the report.
      return isWhole || outline.depth() > 0
        ? null
        : refused('malformed', 'There is something after the report.');
    }
    const isForeign = early !== null || (outline.place === 'before-feedback' && outline.hasRoot());
    if (isForeign) return notAReport('other-xml', 'It is XML without a feedback element.');
    return section !== null && section.bytes > limits.textBytes
      ? refused('malformed', `${section.kind.start} is never closed.`)
      : refused('truncated', 'It ends before the report does.');
  };

  return {
    write(chunk) {
      if (problem === null) advance(chunk, false);
      return problem;
    },
    end() {
      if (problem === null) advance('', true);
      const found = problem ?? endProblem();
      return found ?? { head: outline.head, namespaces: outline.namespaces };
    },
  };
}
