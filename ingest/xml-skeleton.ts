import { createTextCache } from './decode-cache.ts';
import { parsePiece, type PieceRoot, type XmlChildren, type XmlNode } from './xml.ts';

/** Parses pieces by their skeleton: the same elements stand around other values again and again. */
export interface SkeletonReader {
  /**
   * @returns what the parser gives for this piece; null where it has to be parsed itself, because a
   * value in it is not plain text, or something other than elements and values stands in it.
   */
  read(piece: string): XmlChildren | null;
}

/** `tree` null: pieces of this skeleton are parsed themselves. */
interface Skeleton {
  tree: XmlChildren | null;
}

const IRREGULAR: Skeleton = { tree: null };

/** Characters of skeletons remembered; a reporter has a few. */
const REMEMBERED_CHARACTERS = 512 * 1024;
/** Nearly all values. */
const SIMPLE_VALUE = /^[\u0020-\u0025\u0027-\u007e]*$/;
// Printable ASCII, which neither encodings nor line ends change, and references that are whole.
const PLAIN_VALUE =
  /^(?:[\u0020-\u0025\u0027-\u007e]|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-f]{1,6});)*$/;
const PLAIN_SKELETON = /^[\t\n\r\u0020-\u007e]*$/;

export function createSkeletonReader(root: PieceRoot): SkeletonReader {
  const remembered = createTextCache<Skeleton>(REMEMBERED_CHARACTERS);

  const parsed = (skeleton: string, leaves: number): Skeleton => {
    const piece = PLAIN_SKELETON.test(skeleton) ? parsePiece(root, skeleton) : null;
    if (piece === null || piece.hasBareAmpersand) return IRREGULAR;
    const marks = marksIn(piece.children);
    const eachOnce = new Set(marks).size === leaves && marks.length === leaves;
    return eachOnce && !marks.includes(NO_MARK) ? { tree: piece.children } : IRREGULAR;
  };

  return {
    read(piece) {
      const { skeleton, values } = emptied(piece);
      if (!values.every(isPlain)) return null;
      let known = remembered.get(skeleton);
      if (known === undefined) remembered.set(skeleton, (known = parsed(skeleton, values.length)));
      return known.tree === null ? null : (filled(known.tree, values) as XmlChildren);
    },
  };
}

const isPlain = (value: string): boolean => SIMPLE_VALUE.test(value) || PLAIN_VALUE.test(value);

/** A piece with a numbered mark in the place of the text of each element that has nothing else in it. */
function emptied(piece: string): { skeleton: string; values: string[] } {
  const values: string[] = [];
  let skeleton = '';
  let from = 0;
  let open = piece.indexOf('<');
  while (open >= 0) {
    const start = piece.indexOf('>', open) + 1;
    const end = piece.indexOf('<', start);
    if (start === 0 || end < 0) break;
    if (isLeaf(piece, open + 1, start - 1, end)) {
      skeleton += `${piece.slice(from, start)}${MARK}${values.length}`;
      values.push(piece.slice(start, end).trim());
      from = end;
      open = piece.indexOf('<', end + 1);
    } else open = end;
  }
  return { skeleton: skeleton + piece.slice(from), values };
}

const SLASH = 0x2f;
const END = 0x3e;
const UNDERSCORE = 0x5f;
const isNameCharacter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || code === UNDERSCORE;

/** Whether the tag at `end` closes the element whose name stands from `name` to `nameEnd`. */
function isLeaf(piece: string, name: number, nameEnd: number, end: number): boolean {
  const closing = end + 2 - name;
  if (nameEnd === name || piece.charCodeAt(end + 1) !== SLASH) return false;
  for (let at = name; at < nameEnd; at += 1) {
    const code = piece.charCodeAt(at);
    if (!isNameCharacter(code) || code !== piece.charCodeAt(at + closing)) return false;
  }
  return piece.charCodeAt(nameEnd + closing) === END;
}

const MARK = '@';
const NO_MARK = -1;

/** The numbers of all marks in a tree; a text that was there before is no mark. */
function marksIn(node: XmlNode): number[] {
  if (typeof node === 'string') return [numberOf(node)];
  // Text beside elements is no list.
  return Object.values(node).flatMap((nodes) =>
    typeof nodes === 'string' ? NO_MARK : nodes.flatMap(marksIn),
  );
}

const numberOf = (text: string): number =>
  /^@[0-9]+$/.test(text) ? Number(text.slice(MARK.length)) : NO_MARK;

function filled(node: XmlNode, values: readonly string[]): XmlNode {
  if (typeof node === 'string') return values[Number(node.slice(MARK.length))] ?? '';
  const children: Record<string, XmlNode[]> = {};
  for (const name of Object.keys(node)) {
    const nodes = node[name] ?? [];
    if (typeof nodes !== 'string') children[name] = nodes.map((child) => filled(child, values));
  }
  return children;
}
