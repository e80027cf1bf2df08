/** One `name=value` of a tag list (RFC 6376 §3.2): name in lower case, value trimmed, else as published. */
export interface Tag {
  name: string;
  value: string;
}

export interface TagList {
  tags: Tag[];
  /** Pieces between semicolons that are no tag. */
  unreadable: string[];
  /** Names that occur more than once. */
  repeated: string[];
}

/** Pieces that are read; a TXT record could hold tens of thousands. */
const MOST_PIECES = 200;

const NAME = /^[a-z][a-z0-9_]*$/;

/** Reads a tag list; pieces that cannot be read are told, never thrown. */
export function readTagList(text: string): TagList {
  const list: TagList = { tags: [], unreadable: [], repeated: [] };
  const pieces = text.split(';', MOST_PIECES).map((piece) => piece.trim());
  if (pieces.at(-1) === '') pieces.pop();
  for (const piece of pieces) addPiece(list, piece);
  return list;
}

function addPiece(list: TagList, piece: string): void {
  const equals = piece.indexOf('=');
  const name = piece.slice(0, Math.max(0, equals)).trim().toLowerCase();
  if (!NAME.test(name)) {
    list.unreadable.push(piece);
    return;
  }
  if (tagValue(list.tags, name) !== null && !list.repeated.includes(name)) list.repeated.push(name);
  list.tags.push({ name, value: piece.slice(equals + 1).trim() });
}

/** Value of the first tag of that name, or null. */
export function tagValue(tags: readonly Tag[], name: string): string | null {
  return tags.find((tag) => tag.name === name)?.value ?? null;
}

export function writeTagList(tags: readonly Tag[]): string {
  return tags.map(({ name, value }) => `${name}=${value}`).join('; ');
}
