import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';

/** Share of bytes outside the alphabet above which base64 is something else; footers stay below it. */
const JUNK_RATIO = 0.1;

/**
 * Undoes a Content-Transfer-Encoding (RFC 2045, 6) as leniently as real senders need: base64 with junk,
 * without padding or broken into odd lines; a label that does not match what the bytes are.
 * @param encoding as in the header, any case; '' where absent.
 */
export function decodeTransferEncoding(bytes: Buffer, encoding: string): Result<Buffer, Problem> {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return isBare(bytes) ? ok(bytes) : decodeBase64(bytes);
    case 'quoted-printable':
      return ok(decodeQuotedPrintable(bytes));
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return isUnlabelledBase64(bytes) ? decodeBase64(bytes) : ok(bytes);
    case 'uuencode':
    case 'x-uuencode':
    case 'x-uue':
      return bad(refused('unsupported-container', 'uuencoded'));
    default:
      return bad(refused('transfer-encoding', encoding.slice(0, 100)));
  }
}

/** XML, gzip or zip as they are: base64 has no such start. */
function isBare(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4).toString('latin1');
  return /^(?:\x1f\x8b|PK\x03\x04|\ufeff?<)/.test(start) || start.startsWith('\xef\xbb\xbf<');
}

/** How gzip and zip begin in base64. */
const isUnlabelledBase64 = (bytes: Buffer): boolean =>
  /^\s*(?:H4sI|UEsDB)[A-Za-z0-9+/\s]/.test(bytes.subarray(0, 64).toString('latin1'));

function decodeBase64(bytes: Buffer): Result<Buffer, Problem> {
  const text = upToPadding(bytes.toString('latin1'));
  const junk = text.match(/[^A-Za-z0-9+/=\s]+/g);
  if (junk === null) return ok(Buffer.from(text, 'base64'));
  const junkBytes = junk.reduce((sum, run) => sum + run.length, 0);
  if (junkBytes > JUNK_RATIO * text.length) {
    return bad(refused('transfer-encoding', `${junkBytes} of ${text.length} bytes are not base64`));
  }
  // Node reads - and _ as base64url, which in mail they are not.
  return ok(Buffer.from(text.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64'));
}

/** What stands behind the padding is no part of it: footers of mailing lists and scanners. */
function upToPadding(text: string): string {
  const padding = text.indexOf('=');
  return padding < 0 ? text : text.slice(0, padding);
}

const EQUALS = 0x3d;

/** A `=` that begins neither a soft line break nor two hex digits stays as it is. */
function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let position = 0;
  while (position < bytes.length) {
    const next = bytes.indexOf(EQUALS, position);
    const end = next < 0 ? bytes.length : next;
    length += bytes.copy(out, length, position, end);
    position = end;
    if (next < 0) break;
    const [decoded, width] = decodeEquals(bytes, next);
    if (decoded !== null) out[length++] = decoded;
    position += width;
  }
  return out.subarray(0, length);
}

/** The byte that an escape stands for, null for a soft line break, and how many bytes it takes. */
function decodeEquals(bytes: Buffer, position: number): [number | null, number] {
  const after = bytes.toString('latin1', position + 1, position + 3);
  if (/^[0-9A-Fa-f]{2}$/.test(after)) return [Number.parseInt(after, 16), 3];
  let end = position + 1;
  while (bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
  if (bytes[end] === 0x0d) end += bytes[end + 1] === 0x0a ? 2 : 1;
  else if (bytes[end] === 0x0a) end += 1;
  else if (end < bytes.length) return [EQUALS, 1];
  return [null, end - position];
}
