/** A tag, read strictly. */
export interface Tag {
  kind: 'open' | 'empty' | 'close';
  /** With its prefix, as written. */
  name: string;
  /** Where the text goes on. */
  end: number;
}

// Latin-1 text: any byte beyond ASCII may be part of a name.
const NAME = /[A-Za-z_:\u0080-\u00ff][\w.:\-\u0080-\u00ff]*/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * What a `<` is when it begins no tag. 'text': the character itself (before what cannot be a name, or
 * around a mail address, as some reporters send it); 'broken': not well-formed; 'more': it may go on
 * beyond the text.
 */
export type NoTag = 'text' | 'broken' | 'more';

/** Reads the tag whose `<` stands at `at`. */
export function scanTag(text: string, at: number): Tag | NoTag {
  const isClosing = text[at + 1] === '/';
  const nameAt = at + (isClosing ? 2 : 1);
  if (nameAt >= text.length) return 'more';
  const nameEnd = endOf(NAME, text, nameAt);
  if (nameEnd === nameAt) return 'text';
  const name = text.slice(nameAt, nameEnd);
  if (!isClosing) return scanStart(text, name, nameEnd);
  const place = endOf(SPACE, text, nameEnd);
  if (place >= text.length) return 'more';
  return text[place] === '>' ? { kind: 'close', name, end: place + 1 } : 'broken';
}

function scanStart(text: string, name: string, nameEnd: number): Tag | NoTag {
  let place = nameEnd;
  for (;;) {
    const next = endOf(SPACE, text, place);
    if (next >= text.length) return 'more';
    if (text[next] === '>') return { kind: 'open', name, end: next + 1 };
    if (text[next] === '/') {
      if (next + 1 >= text.length) return 'more';
      return text[next + 1] === '>' ? { kind: 'empty', name, end: next + 2 } : 'broken';
    }
    if (next === place) return mailAddress(text, place);
    const attribute = scanAttribute(text, next);
    if (typeof attribute !== 'number') return attribute;
    place = attribute;
  }
}

const REST_OF_ADDRESS = /[^<>\s@]*(?:@[^<>\s@]*)?/y;

/** `<someone@example.org>`, of which what stands before `at` could be an element's name. */
function mailAddress(text: string, at: number): NoTag {
  const end = endOf(REST_OF_ADDRESS, text, at);
  if (end >= text.length) return 'more';
  return text[end] === '>' && text.slice(at, end).includes('@') ? 'text' : 'broken';
}

function scanAttribute(text: string, at: number): number | NoTag {
  const nameEnd = endOf(NAME, text, at);
  if (nameEnd === at) return 'broken';
  const equals = endOf(SPACE, text, nameEnd);
  if (equals >= text.length) return 'more';
  if (text[equals] !== '=') return 'broken';
  const quote = endOf(SPACE, text, equals + 1);
  if (quote >= text.length) return 'more';
  if (text[quote] !== '"' && text[quote] !== "'") return 'broken';
  const end = text.indexOf(text[quote], quote + 1);
  if (text.slice(quote + 1, end < 0 ? text.length : end).includes('<')) return 'broken';
  return end < 0 ? 'more' : end + 1;
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
