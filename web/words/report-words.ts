/** What was odd about a report that counts all the same, by the warning's name. */
export const WARNINGS: Record<string, string> = {
  'address-not-global':
    'Some rows come from addresses that are not on the public internet, such as private networks.',
  'bare-ampersand': 'An & stood unescaped in the XML; it was read as the character.',
  'control-characters-removed': 'Control characters that XML forbids were removed.',
  'date-float': 'A date has a fraction; its whole seconds were taken.',
  'date-unreadable': 'A date cannot be read, so the report counts without a day.',
  'date-before-2012':
    'A date lies before 2012, when DMARC began, so the report counts without a day.',
  'date-span-long': 'The report covers more than 31 days, so it counts without a day.',
  'dkim-results-dropped':
    'A row lists very many DKIM results; those beyond the limit were dropped.',
  'domain-invalid':
    'A name in the report, such as the policy domain or a signing domain, is not a valid domain name; it is shown as sent.',
  'element-repeated': 'An element that may stand once stands more than once; the first was taken.',
  'encoding-repaired': 'The text is not in the encoding that it names; another one fitted.',
  'foreign-wrapper': 'The report stood inside another XML element.',
  'id-missing': 'The report has no id; its content tells it from others.',
  'identifiers-missing': 'Some rows do not say which From domain they are about.',
  'inconsistent-evaluation':
    'Some rows contradict themselves: aligned, although no matching check passed. They count as the reporter evaluated them.',
  'org-missing': 'The reporter does not give its name.',
  'policy-invalid': 'A part of the published policy is none that the standard knows.',
  'policy-missing': 'A part of the published policy is missing.',
  'raw-angle-bracket': 'A < stood unescaped in the XML; it was read as the character.',
  'rows-refused': 'Some rows could not be read and are not counted; they are listed below.',
  'rows-none': 'The report has no rows that can be counted.',
  'trailing-bytes': 'There was something after the end of the report; it was ignored.',
  'unstated-evaluation':
    'Some rows do not say whether DKIM or SPF was aligned; they count as not stated.',
  'unknown-value': 'Some values are none that the standards know; they count as not stated.',
};

/** Why a row of a report was refused. */
export const ROW_PROBLEMS: Record<string, string> = {
  'count-missing': 'It does not say how many messages it is about.',
  'count-invalid': 'Its number of messages is not a whole number.',
  'count-too-large': 'It claims more messages than can be true.',
  'address-missing': 'It does not say from which address.',
  'address-invalid': 'Its address is not an IP address.',
  ambiguous: 'It says two different things at once, so neither was taken.',
  'record-too-large': 'It is larger than any honest row.',
};

export const wordsForWarning = (warning: string): string => WARNINGS[warning] ?? warning;
export const wordsForRowProblem = (reason: string): string => ROW_PROBLEMS[reason] ?? reason;

/** Why a receiver did something else than the policy asks (RFC 7489 and RFC 9990). */
const OVERRIDES: Record<string, string> = {
  forwarded: 'forwarded',
  sampled_out: 'left out by pct',
  trusted_forwarder: 'trusted forwarder',
  mailing_list: 'mailing list',
  local_policy: 'local policy',
  policy_test_mode: 'policy in test mode',
  other: 'other reason',
};

export const wordsForOverride = (type: string | null): string =>
  type === null ? 'reason not stated' : (OVERRIDES[type] ?? type);
