/**
 * A string with storage of its own. A short piece cut from a large document otherwise keeps the whole
 * document in memory for as long as it lives.
 */
export function copied(text: string): string {
  if (text.length > SCRATCH_CHARACTERS) return Buffer.from(text, 'utf8').toString('utf8');
  return scratch.toString('utf8', 0, scratch.write(text, 'utf8'));
}

const SCRATCH_CHARACTERS = 16 * 1024;
/** Three bytes are the most that UTF-8 takes for a character of a string. */
const scratch = Buffer.allocUnsafeSlow(3 * SCRATCH_CHARACTERS);

/** A value of JSON whose strings all have storage of their own. */
export const copiedValue = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The first characters of a text, as many as these or one fewer: never half of a surrogate pair. */
export function cutTo(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const last = text.charCodeAt(characters - 1);
  const isFirstHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isFirstHalf ? characters - 1 : characters);
}

// C0 but tab and line ends, DEL and C1, lone surrogates, and the code points that are no characters.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Cs}\ufffe\uffff]/gu;

const PRINTABLE = /^[\u0020-\u007e]*$/;

/** Whether a text holds what no reporter means to say, and a terminal or a page may obey. */
export const hasControlCharacters = (text: string): boolean =>
  !PRINTABLE.test(text) && text.search(CONTROL) >= 0;

export const withoutControlCharacters = (text: string): string => text.replace(CONTROL, '');

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** XML's five names and numeric references; any other reference stays as it stands. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#([0-9]{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal, hex, name) => {
      if (typeof name === 'string') return NAMED[name] ?? whole;
      const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\u0000';
    },
  );
}

/** Text as it may stand in XML. */
export const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
