import type { Limits } from './limits.ts';
import { notAReport, type Problem, refused } from './problem.ts';
import { createOutline, type SplitterEvents } from './splitter-outline.ts';
import { createPlainCut } from './splitter-plain.ts';
import { step, type Walk } from './splitter-walk.ts';

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
  const start = { text: '', at: 0, problem: null, early: null, section: null };
  const walk: Walk = { limits, events, outline, ...start };
  const plain = createPlainCut(walk);

  const advance = (chunk: string, isLast: boolean): void => {
    walk.text = walk.at >= walk.text.length ? chunk : walk.text.slice(walk.at) + chunk;
    walk.at = 0;
    plain.beginChunk();
    for (let goesOn = true; goesOn && isOpen(walk);) {
      const cut = plainShape && walk.section === null ? plain.cut(isLast) : 'other';
      goesOn = cut === 'other' ? step(walk, isLast) : cut === 'cut';
    }
    if (walk.early !== null) lookForFeedback(walk, walk.early);
  };

  return {
    write(chunk) {
      if (walk.problem === null) advance(chunk, false);
      return walk.problem;
    },
    end() {
      if (walk.problem === null) advance('', true);
      const found = walk.problem ?? endProblem(walk);
      return found ?? { head: outline.head(), namespaces: outline.namespaces() };
    },
  };
}

const isOpen = ({ early, problem, at, text }: Walk): boolean =>
  early === null && problem === null && at < text.length;

/** What is broken before any feedback element is a broken report only if there is such an element. */
function lookForFeedback(walk: Walk, found: Problem): void {
  if (FEEDBACK_TAG.test(walk.text.slice(walk.at))) walk.problem = found;
  walk.at = Math.max(walk.at, walk.text.length - LONGEST_FEEDBACK_TAG);
}

function endProblem({ outline, section, early, at, text, limits }: Walk): Problem | null {
  if (outline.place === 'after-feedback') {
    // A foreign wrapper may stay open, or be cut off: it is no part of the report.
    const isWhole = section === null && at >= text.length;
    return isWhole || outline.depth() > 0
      ? null
      : refused('malformed', 'There is something after the report.');
  }
  const isForeign = early !== null || (outline.place === 'before-feedback' && outline.hasRoot());
  if (isForeign) return notAReport('other-xml', 'It is XML without a feedback element.');
  return section !== null && section.bytes > limits.textBytes
    ? refused('malformed', `${section.kind.start} is never closed.`)
    : refused('truncated', 'It ends before the report does.');
}
