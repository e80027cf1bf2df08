import { createTextCache } from './decode-cache.ts';
import { dateRange, decodeHead, type Head } from './decode-head.ts';
import { children, type Warnings } from './elements.ts';
import type { Warning } from './report.ts';
import { copied, copiedValue } from './text.ts';
import { decodePiece, type PieceEncoding } from './text-encoding.ts';
import { parsePiece, type XmlNode } from './xml.ts';
import { createSkeletonReader } from './xml-skeleton.ts';

export interface HeadReading {
  head: Head;
  warnings: readonly Warning[];
}

export interface HeadReader {
  /**
   * All children of a feedback element but its records; null: not well-formed.
   * @param namespaces the attributes of the feedback element.
   */
  read(inner: string, namespaces: string, encoding: PieceEncoding): HeadReading | null;
}

/** Characters of heads remembered; there is one for each reporter, domain and policy that is seen. */
const REMEMBERED_CHARACTERS = 1024 * 1024;
const ID_MARK = '@report_id';
const BEGIN_MARK = '@begin';
const END_MARK = '@end';

/**
 * Reads heads. Those of one reporter about one domain differ in the report's id and dates alone: the
 * text around these is parsed once.
 */
export function createHeadReader(): HeadReader {
  const remembered = createTextCache<HeadReading>(REMEMBERED_CHARACTERS);
  const skeletons = createSkeletonReader('feedback');

  const readHead = (inner: string, namespaces: string, encoding: PieceEncoding) => {
    const piece = `<feedback>${inner}</feedback>`;
    const warnings: Warnings = new Set();
    const feedback =
      children(skeletons.read(piece) ?? undefined, 'feedback')[0] ??
      parseHead(piece, encoding, warnings);
    if (feedback === null) return null;
    const head = copiedValue(decodeHead(feedback, namespaces, warnings));
    return { head, warnings: [...warnings] };
  };

  return {
    read(inner, namespaces, encoding) {
      const cut = cutHead(inner);
      if (cut === null) return readHead(inner, namespaces, encoding);
      const key = [encoding, namespaces, ...cut.around].join('\u0000');
      let template = remembered.get(key);
      if (template === undefined) {
        const marked = readHead(markedText(cut), namespaces, encoding);
        if (marked === null || !marksAreInPlace(marked.head)) {
          return readHead(inner, namespaces, encoding);
        }
        template = marked;
        remembered.set(key, template);
      }
      return filled(template, cut);
    },
  };
}

type ValueName = 'report_id' | 'begin' | 'end';

interface CutHead {
  /** The text around the three values, in four pieces. */
  around: string[];
  /** Which value stands first, second and third. */
  order: ValueName[];
  values: Record<ValueName, string>;
}

interface Place {
  name: ValueName;
  start: number;
  end: number;
}

const NAMES: readonly ValueName[] = ['report_id', 'begin', 'end'];
// Anything but printable ASCII without references is read the long way.
const PLAIN_VALUE = /^[\u0020-\u0025\u0027-\u007e\r\n\t]*$/;

/** Takes out the three values where each stands once, plainly. */
function cutHead(inner: string): CutHead | null {
  const places: Place[] = [];
  for (const name of NAMES) {
    const place = placeOf(inner, name);
    if (place === null) return null;
    places.push(place);
  }
  places.sort((a, b) => a.start - b.start);
  const values = { report_id: '', begin: '', end: '' };
  const around: string[] = [];
  let at = 0;
  for (const { name, start, end } of places) {
    around.push(inner.slice(at, start));
    values[name] = inner.slice(start, end).trim();
    if (!PLAIN_VALUE.test(values[name])) return null;
    at = end;
  }
  around.push(inner.slice(at));
  return { around, order: places.map(({ name }) => name), values };
}

function placeOf(inner: string, name: ValueName): Place | null {
  const tag = `<${name}>`;
  const opened = inner.indexOf(tag);
  if (opened < 0 || inner.indexOf(tag, opened + 1) >= 0) return null;
  const start = opened + tag.length;
  const end = inner.indexOf('<', start);
  return inner.startsWith(`</${name}>`, end) ? { name, start, end } : null;
}

const MARKS = { report_id: ID_MARK, begin: BEGIN_MARK, end: END_MARK };

const markedText = ({ around, order }: CutHead): string =>
  around.map((text, index) => text + (order[index] ? MARKS[order[index]] : '')).join('');

const marksAreInPlace = ({ metadata: { reportId, dateRange: range } }: Head): boolean =>
  reportId === ID_MARK && range.begin === BEGIN_MARK && range.end === END_MARK;

function filled({ head, warnings }: HeadReading, { values }: CutHead): HeadReading {
  const metadata = {
    ...head.metadata,
    reportId: copied(values.report_id),
    dateRange: dateRange(copied(values.begin), copied(values.end)),
  };
  return { head: { ...head, metadata }, warnings };
}

function parseHead(piece: string, encoding: PieceEncoding, warnings: Warnings): XmlNode | null {
  const { text, isRepaired } = decodePiece(piece, encoding);
  const parsed = parsePiece('feedback', text);
  const [feedback] = children(parsed?.children, 'feedback');
  if (parsed === null || feedback === undefined) return null;
  if (isRepaired) warnings.add('encoding-repaired');
  if (parsed.hasBareAmpersand) warnings.add('bare-ampersand');
  return feedback;
}
