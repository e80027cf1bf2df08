import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import type { NotReportReason } from './problem.ts';
import type { Candidate } from './report-parts.ts';
import { decodeTransferEncoding } from './transfer-encoding.ts';

/** Bytes of a part, still encoded, that are looked at before the part is fetched. */
export const PEEK_BYTES = 512;

/**
 * What the first bytes of a part show: `multipart` is a mail whose misspelt header hides its parts,
 * `uuencoded` a packed file from before MIME.
 */
export type Peek = 'report' | 'tls-report' | 'multipart' | 'uuencoded' | 'other';

/**
 * What becomes of a candidate once its first bytes are known: how to fetch it, or what it is instead.
 * @param start the first `PEEK_BYTES` of the part as they lie in the mail.
 */
export function afterPeek(candidate: Candidate, start: Buffer): Candidate | NotReportReason {
  switch (peekAt(start, candidate.encoding)) {
    case 'report':
      return { ...candidate, look: 'fetch' };
    case 'multipart':
      return { ...candidate, look: 'unfold' };
    case 'uuencoded':
      return { ...candidate, look: 'fetch', encoding: 'uuencode' };
    case 'tls-report':
      return 'tls-report';
    case 'other':
      return 'ordinary-mail';
  }
}

function peekAt(start: Buffer, encoding: string): Peek {
  const whole = encoding === 'base64' ? wholeQuads(start) : start;
  const decoded = decodeTransferEncoding(whole, encoding);
  return decoded.ok ? sniff(decoded.value, 2) : 'other';
}

function wholeQuads(start: Buffer): Buffer {
  const text = start.toString('latin1').replace(/[^A-Za-z0-9+/]/g, '');
  return text.length < 4 ? start : Buffer.from(text.slice(0, text.length - (text.length % 4)));
}

function sniff(bytes: Buffer, layersLeft: number): Peek {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return sniffInflated(bytes, gunzipSync, layersLeft);
  if (bytes.subarray(0, 4).equals(ZIP_MEMBER)) return sniffZip(bytes, layersLeft);
  return sniffText(textOf(bytes));
}

const ZIP_MEMBER = Buffer.from('PK\x03\x04', 'latin1');
/** A packed report gives a few KiB from its first bytes; more is a bomb or a picture of nothing. */
const MAX_INFLATED_BYTES = 256 * 1024;

function sniffInflated(bytes: Buffer, inflate: typeof gunzipSync, layersLeft: number): Peek {
  if (layersLeft === 0) return 'other';
  try {
    const inflated = inflate(bytes, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MAX_INFLATED_BYTES,
    });
    return sniff(inflated, layersLeft - 1);
  } catch {
    return 'other';
  }
}

/** Local file header of a zip: method at 8, lengths of name and extra field at 26 and 28. */
function sniffZip(bytes: Buffer, layersLeft: number): Peek {
  if (bytes.length < 30) return 'other';
  const method = bytes.readUInt16LE(8);
  const nameEnd = 30 + bytes.readUInt16LE(26);
  const name = bytes.toString('latin1', 30, nameEnd);
  if (REPORT_MEMBER.test(name)) return 'report';
  const data = bytes.subarray(nameEnd + bytes.readUInt16LE(28));
  const isEncrypted = (bytes.readUInt16LE(6) & 1) === 1;
  if (isEncrypted || data.length === 0) return 'other';
  if (method === 0) return layersLeft === 0 ? 'other' : sniff(data, layersLeft - 1);
  return method === 8 ? sniffInflated(data, inflateRawSync, layersLeft) : 'other';
}

const REPORT_MEMBER = /(?:^|\/)[^!/]*![^!/]+!\d{8,13}!\d{8,13}/;

function textOf(bytes: Buffer): string {
  const isUtf16 = bytes.subarray(0, 4).includes(0);
  const text = bytes.toString('latin1', 0, 16 * 1024);
  return isUtf16 ? text.replaceAll('\0', '') : text;
}

const FEEDBACK = /<(?:[A-Za-z_][\w.-]*:)?(?:feedback|report_metadata|policy_published)[\s>]/;
/** A declaration, comments and a document type, and no root element yet. */
const PROLOG_ONLY = /^(?:<\?[^>]*\?>|<!--(?:(?!-->)[\s\S])*(?:-->|$)|<!DOCTYPE[^>]*(?:>|$)|\s)*$/;

function sniffText(raw: string): Peek {
  const text = raw.replace(/^[^\S]*(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, '');
  if (FEEDBACK.test(text)) return 'report';
  if (text.startsWith('<?xml') && PROLOG_ONLY.test(text)) return 'report';
  if (text.startsWith('{') && text.includes('"organization-name"')) return 'tls-report';
  if (/^--[^\s].*\r?\nContent-/i.test(text)) return 'multipart';
  if (/^begin [0-7]{3,4} .*(?:!|\.(?:xml|gz|zip)\b)/m.test(text)) return 'uuencoded';
  return 'other';
}
