import type { Limits } from './limits.ts';
import { fail, type Walk } from './splitter-walk.ts';

const RECORD_START = '<record>';
const RECORD_END = '</record>';
/** Longest record that is cut in one go. */
const MOST_BYTES = 64 * 1024;
/**
 * What a record in the plain shape has none of: declarations, instructions, attributes. They are looked
 * for by one character each, in a third of the time that two take; a text with one goes the long way.
 */
const OTHER_SHAPES = ['!', '?', '"', "'"];

/**
 * The short way through records in the plain shape, which nearly all are: each is cut by looking for
 * its end, and read whole. 'other': it is to be read tag by tag; 'wait': its end is still to come.
 */
export function createPlainCut(walk: Walk) {
  const most = mostBytes(walk.limits);
  // Each is looked for once in a chunk, and again when it has been passed.
  let nextOther = -1;
  let nextEnd = -1;
  const find = (mark: string): number => {
    const found = walk.text.indexOf(mark, walk.at);
    return found < 0 ? Infinity : found;
  };
  return {
    beginChunk() {
      nextOther = -1;
      nextEnd = -1;
    },
    cut(isLast: boolean): 'cut' | 'wait' | 'other' {
      const { text, at, outline } = walk;
      if (!outline.isBetweenChildren() || !text.startsWith(RECORD_START, at)) return 'other';
      if (nextEnd < at) nextEnd = find(RECORD_END);
      if (nextEnd === Infinity) return !isLast && text.length - at < most ? 'wait' : 'other';
      const end = nextEnd + RECORD_END.length;
      if (nextOther < at) nextOther = Math.min(...OTHER_SHAPES.map(find));
      if (end > nextOther || end - at > most) return 'other';
      return take(walk, end);
    },
  };
}

/** A record below every cap cannot break one, and need not be counted. */
const mostBytes = ({ recordBytes, textBytes, startTagBytes }: Limits): number =>
  Math.min(MOST_BYTES, recordBytes, textBytes, startTagBytes);

function take(walk: Walk, end: number): 'cut' | 'wait' | 'other' {
  const taken = walk.events.record(walk.text.slice(walk.at, end));
  if (taken === 'not-well-formed') return 'other';
  if (taken !== 'taken') {
    fail(walk, taken);
    return 'wait';
  }
  walk.outline.passRecord();
  walk.at = end;
  return 'cut';
}
