import libmime from 'libmime';

/** The few header fields that say what a mail or one of its parts is. */
export interface MailHeaders {
  /** Lower-case type/subtype; text/plain where absent or misspelt (RFC 2045, 5.2). */
  type: string;
  boundary: string;
  reportType: string;
  name: string;
  encoding: string;
}

const WANTED = new Set([
  'subject',
  'content-type',
  'content-disposition',
  'content-transfer-encoding',
]);
/** Longer values are cut: nothing that is decided here stands so far back. */
const VALUE_BYTES = 16 * 1024;

/** Reads a header block, folded or not, with any kind of line end; the first of repeated fields counts. */
export function readHeaders(block: Buffer): MailHeaders {
  const fields = fieldsOf(block.toString('latin1'));
  const type = parameters(fields.get('content-type'));
  const disposition = parameters(fields.get('content-disposition'));
  const value = type.value.toLowerCase();
  return {
    type: /^[^\s/]+\/[^\s/]+$/.test(value) ? value : 'text/plain',
    boundary: type.params['boundary'] ?? '',
    reportType: (type.params['report-type'] ?? '').toLowerCase(),
    name: libmime.decodeWords(disposition.params['filename'] ?? type.params['name'] ?? ''),
    encoding: (fields.get('content-transfer-encoding') ?? '').trim().toLowerCase(),
  };
}

/** The subject alone, where nothing else of the headers is at hand. */
export const readSubject = (block: Buffer): string =>
  decodeHeader(fieldsOf(block.toString('latin1')).get('subject') ?? '');

/** Encoded words (RFC 2047) and raw UTF-8, as text on one line. */
function decodeHeader(value: string): string {
  const utf8 = Buffer.from(value, 'latin1').toString('utf8');
  const text = utf8.includes('\ufffd') ? value : utf8;
  return (text.includes('=?') ? libmime.decodeWords(text) : text).replace(/\s+/g, ' ').trim();
}

const parameters = (value = ''): { value: string; params: Record<string, string> } =>
  libmime.parseHeaderValue(value, { stripComments: true });

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  const unfolded = block.replace(/(?:\r\n|\n|\r)(?=[ \t])/g, '');
  for (const line of unfolded.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    if (!WANTED.has(name) || fields.has(name)) continue;
    fields.set(name, line.slice(colon + 1, colon + 1 + VALUE_BYTES).replaceAll('\0', ''));
  }
  return fields;
}
