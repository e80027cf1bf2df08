import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { defaultLimits } from './limits.ts';

/**
 * The only place that knows fast-xml-parser. It sees one bounded piece at a time (the head of a report,
 * or one record), in which the splitter left no DOCTYPE, comment, CDATA or processing instruction.
 */

/** An element: its children by local name, each a list; or its text where it has no children. */
export type XmlNode = string | XmlChildren;
/** Where there is text beside the children, `#text` is all of it, a string. */
export interface XmlChildren {
  readonly [localName: string]: readonly XmlNode[] | string;
}

const createParser = (maxNestedTags: number): XMLParser =>
  new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    // References are decoded by us: the parser's own expansion has been got round several times.
    processEntities: false,
    removeNSPrefix: true,
    trimValues: true,
    maxNestedTags,
    isArray: () => true,
    // No rule here depends on the path, which is costly to put together.
    jPath: false,
  });

/** The outermost element of a piece. Others may be nested in it as deep as in its document. */
export type PieceRoot = 'feedback' | 'record';
const parsers: Record<PieceRoot, XMLParser> = {
  feedback: createParser(defaultLimits.xmlDepth - 1),
  record: createParser(defaultLimits.xmlDepth - 2),
};

export interface ParsedPiece {
  children: XmlChildren;
  hasBareAmpersand: boolean;
}

/** Parses a piece; null where it is not well-formed. */
export function parsePiece(root: PieceRoot, text: string): ParsedPiece | null {
  if (isWellFormed(text)) return parsed(root, text, false);
  // Seen in the wild: a bare & in a comment or an address.
  const escaped = text.replace(/&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-f]+);)/gi, '&amp;');
  return escaped !== text && isWellFormed(escaped) ? parsed(root, escaped, true) : null;
}

// Deprecated in favour of a package of its own; this one still brings it.
// eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
const isWellFormed = (text: string): boolean => XMLValidator.validate(text) === true;

function parsed(root: PieceRoot, text: string, hasBareAmpersand: boolean): ParsedPiece | null {
  try {
    return { children: parsers[root].parse(text) as XmlChildren, hasBareAmpersand };
  } catch {
    // Names such as __proto__, which no report has.
    return null;
  }
}
