import { cutTo, withoutControlCharacters } from './text.ts';

/** Characters that are kept of a file's name. */
const LONGEST_NAME = 255;
/** What would break the line in which a name is shown, or turn the text around it about. */
const LINE_ENDS = /\s*[\t\r\n\u2028\u2029]\s*/g;
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A file's name as the ledger keeps it: for people to read, on one line. */
export const nameToKeep = (name: string): string =>
  withoutControlCharacters(cutTo(name, LONGEST_NAME))
    .replace(LINE_ENDS, ' ')
    .replace(DIRECTIONS, '');
