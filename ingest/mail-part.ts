import type { Limits } from './limits.ts';
import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';

/** The structure of a mail without its bodies: the same from a server's BODYSTRUCTURE and from bytes. */
export interface MailPart {
  /** IMAP part number (RFC 9051, 6.4.5) of a part that has a body; '' for a multipart. */
  part: string;
  /** Lower-case type/subtype. */
  type: string;
  /** Parameter report-type, lower-case; '' where absent. */
  reportType: string;
  /** File name as sent, decoded; '' where absent. Never used as a path. */
  name: string;
  /** Content-Transfer-Encoding, lower-case; '' where absent. */
  encoding: string;
  /** Bytes as they lie in the mail, still encoded. */
  sizeBytes: number;
  children: MailPart[];
}

/** What a builder must know of a node; `children` is a function so that no tree is walked past its cap. */
export interface PartSource {
  type: string;
  reportType: string;
  name: string;
  encoding: string;
  sizeBytes: number;
  children: () => PartSource[];
}

/**
 * Builds the numbered tree of parts, or says which cap it breaks.
 * @param onPart told of every node with its number ('' for a multipart), for who keeps the bodies.
 */
export function buildParts(
  root: PartSource,
  limits: Limits,
  onPart: (number: string, source: PartSource) => void = () => undefined,
): Result<MailPart, Problem> {
  let count = 0;
  const found: { problem: Problem | null } = { problem: null };

  const build = (source: PartSource, number: string, depth: number): MailPart => {
    count += 1;
    if (count > limits.mimeParts) {
      found.problem ??= refused('mime-parts', `more than ${limits.mimeParts} parts`);
    } else if (depth > limits.mimeDepth) {
      found.problem ??= refused('mime-depth', `more than ${limits.mimeDepth} levels`);
    }
    const { type, reportType, name, encoding, sizeBytes } = source;
    const part = isMultipart(type) ? '' : number;
    onPart(part, source);
    const children: MailPart[] = [];
    for (const [index, child] of found.problem === null ? source.children().entries() : []) {
      if (found.problem !== null) break;
      children.push(build(child, childNumber(type, number, index, child.type), depth + 1));
    }
    return { part, type, reportType, name, encoding, sizeBytes, children };
  };

  const tree = build(root, isMultipart(root.type) ? '' : '1', 1);
  return found.problem === null ? ok(tree) : bad(found.problem);
}

const isMultipart = (type: string): boolean => type.startsWith('multipart/');

/** A multipart that is the whole of a message/rfc822 shares the number of that message. */
function childNumber(type: string, number: string, index: number, childType: string): string {
  if (isMultipart(type)) return number === '' ? String(index + 1) : `${number}.${index + 1}`;
  return isMultipart(childType) ? number : `${number}.1`;
}
