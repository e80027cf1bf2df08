import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { bad, ok, type Result } from './result.ts';
import { type Problem, refused } from './problem.ts';

/**
 * XML is walked as Latin-1, a character a byte, because its marks are ASCII in every encoding accepted
 * here; each piece is decoded on its own when it is read. 'utf-8' also stands for "not said".
 */
export type PieceEncoding = 'utf-8' | (string & {});

export interface DecodedPiece {
  text: string;
  /** The bytes were not what the document says they are. */
  isRepaired: boolean;
}

const NOT_ASCII = /[^\u0000-\u007f]/;

export function decodePiece(latin1: string, encoding: PieceEncoding): DecodedPiece {
  if (!NOT_ASCII.test(latin1)) return { text: latin1, isRepaired: false };
  const bytes = Buffer.from(latin1, 'latin1');
  // Text in another encoding is hardly ever valid UTF-8 by chance.
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), isRepaired: encoding !== 'utf-8' };
  if (encoding !== 'utf-8') return { text: iconv.decode(bytes, encoding), isRepaired: false };
  return repaired(latin1, bytes);
}

/** A surrogate on its own, written as if it were UTF-8: three bytes that stand for no character. */
const LONE_SURROGATE = /\u00ed[\u00a0-\u00bf][\u0080-\u00bf]/g;

function repaired(latin1: string, bytes: Buffer): DecodedPiece {
  const whole = Buffer.from(latin1.replace(LONE_SURROGATE, '\u0000'), 'latin1');
  if (isUtf8(whole)) return { text: whole.toString('utf8'), isRepaired: false };
  // Seen in the wild: windows-1252 under a UTF-8 label. TextDecoder's is wrong on Node 20.
  return { text: iconv.decode(bytes, 'windows-1252'), isRepaired: true };
}

/** Encodings that are read: those in which `<`, `>` and `&` are the bytes of ASCII and no others. */
const LIKE_ASCII =
  /^(iso[-_]?8859[-_]?\d{1,2}|latin-?\d|windows-?125\d|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-(jp|kr)|tis-620|macintosh)$/i;
/** Encodings in which markup is written otherwise: what is read as ASCII here is not in them. */
const NOT_LIKE_ASCII =
  /^(utf-?(7|16|32)|ucs-?[24]|iso-10646|iso-2022|cp037|cp500|cp1047|ibm|ebcdic)/i;
/** Said for windows-1252 so often that browsers read it so; it holds all of it. */
const LATIN1 = /^(iso[-_]?8859[-_]?1|latin-?1)$/i;

/**
 * The encoding that an XML declaration names.
 * @param isTranscoded the document came as UTF-16 and is UTF-8 by now, whatever it says.
 */
export function declaredEncoding(
  declaration: string,
  isTranscoded: boolean,
): Result<{ encoding: PieceEncoding; isRepaired: boolean }, Problem> {
  const label = /encoding\s*=\s*["']([^"']{1,40})["']/i.exec(declaration)?.[1]?.trim();
  if (label === undefined || isTranscoded || /^(utf-?8|us-ascii|ascii)$/i.test(label)) {
    return ok({ encoding: 'utf-8', isRepaired: false });
  }
  if (NOT_LIKE_ASCII.test(label)) {
    return bad(refused('encoding', `It says that it is in ${label}, which it is not.`));
  }
  if (LATIN1.test(label)) return ok({ encoding: 'windows-1252', isRepaired: false });
  const isKnown = LIKE_ASCII.test(label) && iconv.encodingExists(label);
  return ok({ encoding: isKnown ? label.toLowerCase() : 'utf-8', isRepaired: !isKnown });
}

export interface Bom {
  kind: 'utf-8' | 'none' | 'utf-16le' | 'utf-16be' | 'unreadable';
  bytes: number;
}

/** What the first four bytes say of a document's encoding (XML 1.0, Appendix F). */
export function sniffBom(start: Buffer): Bom {
  const hex = start.subarray(0, 4).toString('hex');
  if (hex.startsWith('efbbbf')) return { kind: 'utf-8', bytes: 3 };
  // UTF-32, and "<?xm" in EBCDIC.
  if (/^(fffe0000|0000feff|3c000000|0000003c|4c6fa794)/.test(hex)) {
    return { kind: 'unreadable', bytes: 0 };
  }
  if (hex.startsWith('fffe')) return { kind: 'utf-16le', bytes: 2 };
  if (hex.startsWith('feff')) return { kind: 'utf-16be', bytes: 2 };
  if (hex.startsWith('3c00')) return { kind: 'utf-16le', bytes: 0 };
  if (hex.startsWith('003c')) return { kind: 'utf-16be', bytes: 0 };
  return { kind: 'none', bytes: 0 };
}
