/** What moves a cursor, hides text or turns it about, or ends a line. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Names and words of strangers must not steer a terminal, nor begin a line of their own. */
export function printable(text: string): string {
  return text.replace(STEERING, '\u{fffd}');
}

/** A value as one line of JSON, in which what would steer a terminal is escaped. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(STEERING, (found) =>
    Array.from({ length: found.length }, (_, at) => escaped(found.charCodeAt(at))).join(''),
  );
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** A text as one word of a shell's command line, for people to copy. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
