/** Letters that stand for something in a name; c, r and t do so in explanations only (RFC 7208 §7.2). */
const NAME_LETTERS = 'slodiphv';
const EXPLANATION_LETTERS = 'crt';
const EXPAND = /^%\{([a-z])(\d*)r?[.\-+,/_=]*\}/i;

/**
 * Does the text have the form of a macro-string (RFC 7208 §7.1): visible ASCII, and every `%` the
 * begin of a macro?
 */
export function isMacroString(text: string, isExplanation = false): boolean {
  const letters = isExplanation ? NAME_LETTERS + EXPLANATION_LETTERS : NAME_LETTERS;
  for (let at = 0; at < text.length;) {
    const length = pieceLength(text.slice(at, at + 200), letters);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

function pieceLength(text: string, letters: string): number {
  if (!text.startsWith('%')) return /^[\x21-\x7e]/.test(text) ? 1 : 0;
  if (/^%[%_-]/.test(text)) return 2;
  const expand = EXPAND.exec(text);
  if (!expand || !letters.includes((expand[1] ?? '').toLowerCase())) return 0;
  return expand[2] !== '' && Number(expand[2]) === 0 ? 0 : expand[0].length;
}

const TOP_LABEL = /\.([a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])\.?$/i;

/** Does the text have the form of a domain-spec: a macro-string that ends in a macro or a top label? */
export function isDomainSpec(text: string): boolean {
  return isMacroString(text) && (TOP_LABEL.test(text) || /%(\{[^}]*\}|[%_-])$/.test(text));
}

/** Does the text hold a macro, so that it stands for another name with every message? */
export function hasMacro(text: string): boolean {
  return text.includes('%');
}
