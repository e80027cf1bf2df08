import { hash } from 'node:crypto';
import { createTextCache } from './decode-cache.ts';
import { decodeProfile } from './decode-profile.ts';
import { children, textOf, type Warnings } from './elements.ts';
import type { Limits } from './limits.ts';
import type { Profile, Warning } from './report.ts';
import { createSkeletonReader, type SkeletonReader } from './xml-skeleton.ts';
import { bad, type Result } from './result.ts';
import { type RowRefusal, type RowValues, readRowValues } from './row-values.ts';
import { copied, copiedValue } from './text.ts';
import { decodePiece, type PieceEncoding } from './text-encoding.ts';
import { type ParsedPiece, parsePiece, type XmlNode } from './xml.ts';

/** A profile as read once, however many records repeat its text. */
export interface ProfileEntry {
  profile: Profile;
  /** Of the profile's content: equal digest means equal profile. */
  digest: string;
  warnings: readonly Warning[];
}

export interface RecordReading {
  values: Result<RowValues, RowRefusal>;
  entry: ProfileEntry;
}

export interface RecordReader {
  /**
   * One `<record>` element with nothing but elements, attributes and text; null: not well-formed.
   * @param seen what this document has brought so far; it is added to. A report of very many profiles
   * would otherwise drive its own out of what is remembered.
   */
  read(piece: string, encoding: PieceEncoding, seen: SeenEntries): RecordReading | null;
}

/** What a document has brought so far. */
export interface SeenEntries {
  /** Texts that were not remembered. */
  texts: number;
  /** Those of them that came when there were many. */
  byDigest: Map<string, ProfileEntry>;
}

/**
 * The text behind the count is all that differs between the records of one reporter; the rest of a
 * record's text is compared, so nothing that a profile depends on is left out.
 */
interface Remembered {
  encoding: PieceEncoding;
  before: string;
  between: string;
  entry: ProfileEntry;
}

/** Characters of record text remembered; with what was read of them, about four times that in bytes. */
const REMEMBERED_CHARACTERS = 6 * 1024 * 1024;
/** So many of one document are remembered all the same. */
const FEW_TEXTS = 32;
/** What stands in for the address and the count while the rest of a record is read. */
const ADDRESS_MARK = '@address';
const COUNT_MARK = '@count';

/**
 * Reads records, decoding each distinct text (all of a record but its address and count) once.
 */
export function createRecordReader(limits: Limits): RecordReader {
  const remembered = createTextCache<Remembered>(REMEMBERED_CHARACTERS);
  const skeletons = createSkeletonReader('record');
  const valuesOf = ({ address, count }: Cut): Result<RowValues, RowRefusal> =>
    readRowValues(address, count, limits.rowCount);

  return {
    read(piece, encoding, seen) {
      const cut = cutValues(piece);
      if (cut === null) return readWhole(piece, encoding, limits);
      const known = remembered.get(cut.after);
      if (known !== undefined && isAround(known, cut, encoding)) {
        return { values: valuesOf(cut), entry: known.entry };
      }
      seen.texts += 1;
      const digest = seen.texts > FEW_TEXTS ? digestOfText(cut, encoding) : null;
      const before = digest === null ? undefined : seen.byDigest.get(digest);
      if (before !== undefined) return { values: valuesOf(cut), entry: before };
      const built = buildEntry(cut, encoding, limits, skeletons);
      if (built === 'irregular') return readWhole(piece, encoding, limits);
      if (built === 'invalid') return null;
      remembered.set(cut.after, {
        encoding,
        before: copied(cut.before),
        between: copied(cut.between),
        entry: built,
      });
      if (digest !== null && seen.byDigest.size < limits.profiles) seen.byDigest.set(digest, built);
      return { values: valuesOf(cut), entry: built };
    },
  };
}

const isAround = (known: Remembered, { before, between }: Cut, encoding: PieceEncoding): boolean =>
  known.before === before && known.between === between && known.encoding === encoding;

const digestOfText = ({ before, between, after }: Cut, encoding: PieceEncoding): string =>
  digestOf([encoding, before, between, after].join('\u0000'));

const digestOf = (text: string): string => hash('sha256', text, 'base64');

interface Cut {
  before: string;
  address: string;
  between: string;
  count: string;
  after: string;
}

const OPEN_ADDRESS = '<source_ip>';
const CLOSE_ADDRESS = '</source_ip>';
const OPEN_COUNT = '<count>';
const CLOSE_COUNT = '</count>';
/** Printable ASCII without references; anything else is read the long way. */
const PLAIN_VALUE = /^[\t\n\r\u0020-\u0025\u0027-\u007e]*$/;

/** Takes out the address and the count where each stands once, plainly, in the usual order. */
function cutValues(piece: string): Cut | null {
  const address = piece.indexOf(OPEN_ADDRESS) + OPEN_ADDRESS.length;
  if (address < OPEN_ADDRESS.length) return null;
  const addressEnd = piece.indexOf('<', address);
  const count = piece.indexOf(OPEN_COUNT, addressEnd) + OPEN_COUNT.length;
  if (count < OPEN_COUNT.length) return null;
  const countEnd = piece.indexOf('<', count);
  const isPlain =
    piece.startsWith(CLOSE_ADDRESS, addressEnd) && piece.startsWith(CLOSE_COUNT, countEnd);
  if (!isPlain) return null;
  const cut = {
    before: piece.slice(0, address),
    address: piece.slice(address, addressEnd),
    between: piece.slice(addressEnd, count),
    count: piece.slice(count, countEnd),
    after: piece.slice(countEnd),
  };
  return PLAIN_VALUE.test(cut.address) && PLAIN_VALUE.test(cut.count) ? cut : null;
}

/** Reads the text around the values, and makes sure that they stand where a row has them. */
function buildEntry(
  { before, between, after }: Cut,
  encoding: PieceEncoding,
  limits: Limits,
  skeletons: SkeletonReader,
): ProfileEntry | 'irregular' | 'invalid' {
  const warnings: Warnings = new Set();
  const template = copied(`${before}${ADDRESS_MARK}${between}${COUNT_MARK}${after}`);
  const record =
    children(skeletons.read(template) ?? undefined, 'record')[0] ??
    parseRecord(template, encoding, warnings);
  if (record === null) return 'invalid';
  const rows = children(record, 'row');
  const marks = [children(rows[0], 'source_ip'), children(rows[0], 'count')];
  const isRegular =
    rows.length === 1 &&
    marks.every((nodes) => nodes.length === 1) &&
    marks[0]?.[0] === ADDRESS_MARK &&
    marks[1]?.[0] === COUNT_MARK;
  return isRegular ? entryOf(record, template, limits, warnings) : 'irregular';
}

function parseRecord(piece: string, encoding: PieceEncoding, warnings: Warnings): XmlNode | null {
  const { text, isRepaired } = decodePiece(piece, encoding);
  const parsed: ParsedPiece | null = parsePiece('record', text);
  const [record] = children(parsed?.children, 'record');
  if (parsed === null || record === undefined) return null;
  if (isRepaired) warnings.add('encoding-repaired');
  if (parsed.hasBareAmpersand) warnings.add('bare-ampersand');
  return record;
}

/** Strings cut from a text hold on to all of it; above this length it is better let go. */
const LONGEST_HELD = 1024;

/** @param text what the record was parsed from, with storage of its own. */
function entryOf(record: XmlNode, text: string, limits: Limits, warnings: Warnings): ProfileEntry {
  const decoded = decodeProfile(record, limits.dkimResultsPerRecord, warnings);
  const profile = text.length > LONGEST_HELD ? copiedValue(decoded) : decoded;
  return { profile, digest: digestOf(JSON.stringify(profile)), warnings: [...warnings] };
}

/** The slow way, for a record in which values are missing, repeated, escaped or prefixed. */
function readWhole(piece: string, encoding: PieceEncoding, limits: Limits): RecordReading | null {
  const warnings: Warnings = new Set();
  const own = copied(piece);
  const record = parseRecord(own, encoding, warnings);
  if (record === null) return null;
  const values = wholeValues(record, limits, warnings);
  return { values, entry: entryOf(record, own, limits, warnings) };
}

function wholeValues(
  record: XmlNode,
  limits: Limits,
  warnings: Warnings,
): Result<RowValues, RowRefusal> {
  const rows = children(record, 'row');
  const addresses = rows.flatMap((row) => children(row, 'source_ip'));
  const counts = rows.flatMap((row) => children(row, 'count'));
  if (rows.length > 1 || addresses.length > 1 || counts.length > 1) {
    const detail = `${rows.length} rows, ${addresses.length} addresses, ${counts.length} counts in one record`;
    return bad({ reason: 'ambiguous', detail });
  }
  const text = (nodes: readonly XmlNode[]): string | null =>
    nodes[0] === undefined ? null : textOf(nodes[0], warnings);
  return readRowValues(text(addresses), text(counts), limits.rowCount);
}
