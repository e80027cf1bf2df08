const TOKEN = /<\?[^>]*\?>|<(\/?)([a-z_]+)(?: [a-z]+="[^"<]*")*>|([^<]+)/gy;
const BARE_AMPERSAND = /&(?!amp;|lt;|gt;)/;

/** What is wrong with XML of the plain kind that is generated here; null where nothing is. */
export function xmlProblem(xml: string): string | null {
  const open: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < xml.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(xml);
    if (token === null) return `no tag and no text at ${at}: ${xml.slice(at, at + 40)}`;
    const [, slash, name, text] = token;
    if (text !== undefined && BARE_AMPERSAND.test(text)) return `bare ampersand in ${text}`;
    if (name === undefined) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return `</${name}> closes another element at ${at}`;
  }
  return open.length === 0 ? null : `not closed: ${open.join(', ')}`;
}
