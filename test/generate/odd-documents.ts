import { integer, pick, type Random } from '../../server/demo/random.ts';

/** One oddity, put into XML at a random place; where it finds no place the XML stays. */
type Oddity = (random: Random, xml: string) => string;

const TAG = /<[^<>]*>/g;
const LEAF = /<(\w+)>([^<>]*)<\/\1>/g;
const OPEN = /<\w+>/g;
const GROUP =
  /<(row|identifiers|auth_results|policy_evaluated|date_range|report_metadata|policy_published|record)>.*?<\/\1>/gs;

/** Replaces one match, drawn at random. */
function atOne(random: Random, xml: string, what: RegExp, change: (found: string) => string) {
  const found = [...xml.matchAll(what)];
  if (found.length === 0) return xml;
  const { 0: text, index } = pick(random, found);
  return xml.slice(0, index) + change(text) + xml.slice(index + text.length);
}

const before =
  (what: RegExp, ...texts: string[]): Oddity =>
  (random, xml) =>
    atOne(random, xml, what, (found) => pick(random, texts) + found);

const inLeaf =
  (change: (text: string, random: Random) => string): Oddity =>
  (random, xml) =>
    atOne(random, xml, LEAF, (leaf) =>
      leaf.replace(/>([^<]*)</, (_, text: string) => `>${change(text, random)}<`),
    );

const RECORDS = /<record>.*<\/record>/s;
const EXTENSION = '<extension><record><row><count>9</count></row></record></extension>';

/** What can be read, whether or not anybody should write it. */
const SHAPES: readonly Oddity[] = [
  before(TAG, '<!-- odd -->', '<!-- <record> -->', '<!-- </record> "quoted" -->', '<?odd thing?>'),
  before(TAG, ' \t\n', '\r\n', '\u00a0', ' loose words ', '&#32;', '"', "it's"),
  before(/<record>/g, EXTENSION, '<record/>', '<record></record>', '<note>a > b</note>', '<a/>'),
  before(/<\/record>/g, EXTENSION, '<extension/>', '<record><row/></record>', '<x:y xmlns:x="u"/>'),
  inLeaf((text) => `<![CDATA[${text}]]>`),
  inLeaf((text) => `  ${text}\n`),
  inLeaf((text) => `${text}<!-- within -->`),
  inLeaf((text) => Array.from(text, (letter) => `&#${letter.codePointAt(0) ?? 32};`).join('')),
  inLeaf((text) => `${text} &amp; &lt;record&gt; &quot;&apos;`),
  inLeaf((text) => `${text}<someone@example.org>`),
  inLeaf((text) => `${text} < 5`),
  inLeaf((text) => text.toUpperCase()),
  inLeaf((text) => `${text} é 漢 \u{1f600}`),
  (random, xml) =>
    atOne(random, xml, OPEN, (tag) =>
      tag.replace(
        '>',
        pick(random, [' a="1>2"', " b='</record>'", ' c = "d"\n', ' ', '\n'] as const) + '>',
      ),
    ),
  (random, xml) => atOne(random, xml, /<\/\w+>/g, (tag) => tag.replace('>', ' >')),
  (random, xml) => atOne(random, xml, LEAF, (leaf) => leaf + leaf),
  (random, xml) => atOne(random, xml, LEAF, () => ''),
  (random, xml) => atOne(random, xml, GROUP, (group) => group + group),
  (random, xml) => atOne(random, xml, GROUP, () => ''),
  (random, xml) => atOne(random, xml, LEAF, (leaf) => leaf.replaceAll(/<(\/?)/g, '<$1p:')),
  (random, xml) => atOne(random, xml, GROUP, (group) => group.replaceAll(/<(\/?)(?=\w)/g, '<$1p:')),
  (random, xml) =>
    atOne(random, xml, /<(\w+)>[^<]*<\/\1>/g, (leaf) => `<${/\w+/.exec(leaf)?.[0] ?? 'x'}/>`),
  (random, xml) => atOne(random, xml, LEAF, (leaf) => `<wrap>${leaf}</wrap>`),
  (random, xml) => atOne(random, xml, /(<(\w+)>[^<]*<\/\2>)\s*(<(\w+)>[^<]*<\/\4>)/g, swapLeaves),
  (_, xml) =>
    xml.replace(/(<policy_published>.*<\/policy_published>)(.*)(<\/feedback>)/s, '$2$1$3'),
  (_, xml) => xml.replace(RECORDS, ''),
  (_, xml) => xml.replace(/<feedback/, '<wrapper><feedback') + '</wrapper>',
  (_, xml) => xml.replaceAll(/<(\/?)(?=\w)/g, '<$1d:'),
];

const swapLeaves = (pair: string): string =>
  pair.replace(/^(<(\w+)>[^<]*<\/\2>)(\s*)(.*)$/s, '$4$3$1');

const VALUES = [
  '',
  '-1',
  '1e9',
  '99999999999',
  '0x10',
  '٣',
  '::1',
  '192.0.2.999',
  'PASS',
  'a\u0000b',
];

/** What breaks a document, a record or a value. */
const BREAKS: readonly Oddity[] = [
  inLeaf((_, random) => pick(random, VALUES)),
  inLeaf((text) => `${text}&unknown;`),
  inLeaf((text) => `${text} & co`),
  inLeaf((text) => `${text}&#0;`),
  inLeaf((text) => text + 'x'.repeat(3_000)),
  before(
    TAG,
    '<',
    '>',
    '</',
    '<!',
    '<!--',
    '<![CDATA[',
    '&',
    ']]>',
    '<!DOCTYPE a>',
    '<record>',
    '</record>',
  ),
  before(/<\/record>/g, '<unclosed>', '</row>', '<a b=1/>', '<a b="1" b="1"/>', '<1/>'),
  (random, xml) => atOne(random, xml, TAG, () => ''),
  (random, xml) => atOne(random, xml, /<\/\w+>/g, (tag) => tag.toUpperCase()),
  (random, xml) => xml.slice(0, integer(random, xml.length)),
  (random, xml) => {
    const at = integer(random, xml.length);
    return xml.slice(0, at) + xml.slice(at + 1);
  },
  (_, xml) => xml + xml,
];

/** XML with one to four oddities in it, of which one in three may break it. */
export function oddDocument(random: Random, xml: string): string {
  let odd = xml;
  for (let count = 1 + integer(random, 4); count > 0; count -= 1) {
    odd = pick(random, random() < 0.33 ? BREAKS : SHAPES)(random, odd);
  }
  return odd;
}
