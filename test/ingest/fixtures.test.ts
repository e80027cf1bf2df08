import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixture, fixturesDir, readOne } from './reading.ts';

/** What the fixtures' one record says where nothing about it is odd. */
const PLAIN_PROFILE = {
  policyEvaluated: { disposition: 'none', dkimAligned: true, spfAligned: false, reasons: [] },
  identifiers: {
    headerFrom: 'example.org',
    envelopeFrom: 'bounce.example.org',
    envelopeTo: null,
  },
  dkim: [{ domain: 'example.org', selector: 's1', result: 'pass', humanResult: null }],
  spf: [{ domain: 'bounce.example.net', scope: 'mfrom', result: 'pass', humanResult: null }],
};
const PLAIN_ROW = { position: 0, sourceIp: '192.0.2.1', count: 5, profile: 0 };
const PLAIN_POLICY = {
  domain: 'example.org',
  p: 'none',
  sp: 'none',
  np: null,
  adkim: 'relaxed',
  aspf: 'relaxed',
  pct: 100,
  fo: '0',
  testing: null,
  discoveryMethod: null,
};

type Expected = [file: string, warnings: string[], report: object];

const metadata = (values: object) => ({ metadata: values });
const dates = (values: object) => ({ metadata: { dateRange: values } });
const policy = (values: object) => ({ policyPublished: { ...PLAIN_POLICY, ...values } });
const profile = (values: object) => ({ profiles: [{ ...PLAIN_PROFILE, ...values }] });
const evaluated = (values: object) =>
  profile({ policyEvaluated: { ...PLAIN_PROFILE.policyEvaluated, ...values } });
const dkim = (values: object) => profile({ dkim: [{ ...PLAIN_PROFILE.dkim[0], ...values }] });
const spf = (values: object) => profile({ spf: [{ ...PLAIN_PROFILE.spf[0], ...values }] });
const refusedRow = (reason: string, detail: unknown = expect.any(String)) => ({
  recordCount: 2,
  refusedRowCount: 1,
  refusedRows: [{ position: 0, reason, detail }],
  rows: [{ ...PLAIN_ROW, position: 1 }],
});

const reports: Expected[] = [
  ['plain-rfc7489.xml', [], { dialect: 'rfc7489', version: '1.0', recordCount: 1 }],
  [
    'plain-rfc9990.xml',
    [],
    {
      dialect: 'rfc9990',
      metadata: {
        generator: 'Example Reporter 2.1',
        errors: ['One answer of the resolver was late.'],
      },
      recordCount: 1,
      policyPublished: {
        p: 'quarantine',
        np: 'reject',
        testing: true,
        discoveryMethod: 'treewalk',
        pct: null,
      },
      profiles: [
        {
          policyEvaluated: {
            disposition: 'pass',
            reasons: [{ type: 'policy_test_mode', comment: 'applied one level lower' }],
          },
          spf: [{ result: 'policy', humanResult: 'too many look-ups' }],
        },
      ],
    },
  ],
  // the XML
  ['namespace-mistyped.xml', [], { dialect: 'rfc7489', rows: [PLAIN_ROW] }],
  ['namespace-prefixed.xml', [], { ...policy({}), ...profile({}), rows: [PLAIN_ROW] }],
  ['declaration-missing.xml', [], { rows: [PLAIN_ROW] }],
  ['declaration-after-white-space.xml', [], { rows: [PLAIN_ROW] }],
  ['bom-utf8.xml', [], { rows: [PLAIN_ROW] }],
  ['bom-utf16.xml', [], metadata({ orgName: 'Empfänger 📬' })],
  ['encoding-iso-8859-1.xml', [], metadata({ orgName: 'Empfänger' })],
  [
    'encoding-windows-1252-labelled-utf8.xml',
    ['encoding-repaired'],
    metadata({ orgName: 'Empfänger – Beispiel' }),
  ],
  [
    'angle-bracket-in-email.xml',
    ['raw-angle-bracket'],
    metadata({ email: '"Reports" <dmarc@receiver.example>' }),
  ],
  ['ampersand-bare.xml', ['bare-ampersand'], metadata({ orgName: 'Receiver & Sons' })],
  ['entities.xml', [], metadata({ orgName: 'R&D <Mail> – €' })],
  [
    'control-characters.xml',
    ['control-characters-removed'],
    metadata({ orgName: 'Receiver Example' }),
  ],
  ['stray-schema-wrapper.xml', ['foreign-wrapper'], { ...profile({}), rows: [PLAIN_ROW] }],
  [
    'comments-cdata-instructions.xml',
    [],
    { ...metadata({ orgName: 'Receiver <& Example' }), rows: [PLAIN_ROW] },
  ],
  // metadata and policy
  ['version-missing.xml', [], { version: null }],
  ['version-0.1.xml', [], { version: '0.1' }],
  ['version-2.0.xml', [], { version: '2.0', dialect: 'rfc7489' }],
  ['org-name-empty.xml', ['org-missing'], metadata({ orgName: '' })],
  ['email-empty.xml', [], metadata({ email: '' })],
  [
    'date-with-line-break.xml',
    [],
    dates({ beginSeconds: 1_767_225_600, endSeconds: 1_767_311_999 }),
  ],
  [
    'date-float.xml',
    ['date-float'],
    dates({ begin: '1767225600.0', beginSeconds: 1_767_225_600, endSeconds: 1_767_311_999 }),
  ],
  ['date-begin-equals-end.xml', [], dates({ endSeconds: 1_767_225_600 })],
  ['date-span-one-second.xml', [], dates({ endSeconds: 1_767_225_601 })],
  ['date-span-201-days.xml', ['date-span-long'], dates({ beginSeconds: 1_749_859_200 })],
  [
    'date-unreadable.xml',
    ['date-unreadable'],
    dates({ begin: '2026-01-01', end: '', beginSeconds: null, endSeconds: null }),
  ],
  ['date-before-2012.xml', ['date-before-2012'], dates({ beginSeconds: 302_832_000 })],
  ['report-id-missing.xml', ['id-missing'], metadata({ reportId: '' })],
  ['report-metadata-twice.xml', ['element-repeated'], metadata({ reportId: 'r-1' })],
  ['sp-missing.xml', [], policy({ sp: null })],
  ['sp-empty.xml', [], policy({ sp: null })],
  ['sp-nil.xml', ['policy-invalid'], policy({ sp: null })],
  [
    'policy-elements-missing.xml',
    ['policy-missing'],
    policy({ p: null, sp: null, adkim: null, aspf: null, pct: null, fo: null }),
  ],
  ['policy-published-missing.xml', ['policy-missing'], { policyPublished: { domain: '' } }],
  ['policy-published-twice.xml', ['element-repeated'], policy({ p: 'none' })],
  ['policy-values-unknown.xml', ['policy-invalid'], policy({ p: null, pct: null, adkim: null })],
  ['np-without-namespace.xml', [], { dialect: 'rfc7489', ...policy({ np: 'reject' }) }],
  ['domain-other-form.xml', [], policy({ domain: 'xn--bcher-kva.example' })],
  // records
  ['records-none.xml', ['rows-none'], { recordCount: 0, rows: [], profiles: [] }],
  [
    'record-empty.xml',
    ['identifiers-missing', 'rows-refused', 'unstated-evaluation'],
    refusedRow('address-missing', ''),
  ],
  ['row-empty.xml', ['rows-refused', 'unstated-evaluation'], refusedRow('address-missing', '')],
  ['source-ip-missing.xml', ['rows-refused'], refusedRow('address-missing', '')],
  ['count-missing.xml', ['rows-refused'], refusedRow('count-missing', '')],
  ['count-twice.xml', ['rows-refused'], refusedRow('ambiguous')],
  ['identities-for-identifiers.xml', [], profile({})],
  [
    'identifiers-missing.xml',
    ['identifiers-missing'],
    profile({ identifiers: { headerFrom: null, envelopeFrom: null, envelopeTo: null } }),
  ],
  ['envelope-from-as-address.xml', [], profile({})],
  ['reason-empty.xml', [], profile({})],
  [
    'reason-as-text.xml',
    [],
    evaluated({ reasons: [{ type: null, comment: 'local policy: known forwarder' }] }),
  ],
  [
    'reason-type-unknown.xml',
    ['unknown-value'],
    evaluated({ reasons: [{ type: null, comment: 'arc: arc=pass' }] }),
  ],
  [
    'evaluation-absent.xml',
    ['unstated-evaluation'],
    evaluated({ dkimAligned: null, spfAligned: null }),
  ],
  [
    'policy-evaluated-absent.xml',
    ['unstated-evaluation'],
    evaluated({ disposition: null, dkimAligned: null, spfAligned: null }),
  ],
  [
    'evaluation-softfail-and-none.xml',
    ['unstated-evaluation'],
    evaluated({ dkimAligned: null, spfAligned: null }),
  ],
  ['evaluation-contradicts-results.xml', ['inconsistent-evaluation'], dkim({ result: 'fail' })],
  [
    'disposition-without-evaluation.xml',
    ['unstated-evaluation'],
    profile({
      policyEvaluated: { disposition: 'pass', dkimAligned: null, spfAligned: null, reasons: [] },
      dkim: [],
      spf: [],
    }),
  ],
  ['capitals.xml', [], { ...policy({}), ...profile({}) }],
  ['auth-results-absent.xml', [], profile({ dkim: [], spf: [] })],
  ['auth-results-empty.xml', [], profile({ dkim: [], spf: [] })],
  [
    'auth-results-twice.xml',
    ['element-repeated'],
    { profiles: [{ dkim: [{ selector: 's1' }, { selector: 's2' }] }] },
  ],
  ['spf-without-domain.xml', [], spf({ domain: null })],
  [
    'spf-several.xml',
    [],
    profile({
      spf: [
        { domain: 'mta.example.net', scope: 'helo', result: 'none', humanResult: null },
        PLAIN_PROFILE.spf[0],
      ],
    }),
  ],
  ['scope-missing.xml', [], spf({ scope: null })],
  ['scope-literal.xml', ['unknown-value'], spf({ scope: null })],
  [
    'results-unknown.xml',
    ['unknown-value'],
    { profiles: [{ dkim: [{ result: null }], spf: [{ result: null }] }] },
  ],
  ['result-hardfail.xml', [], spf({ result: 'fail' })],
  ['dkim-without-domain-and-selector.xml', [], dkim({ domain: null, selector: null })],
  [
    'ipv6.xml',
    [],
    {
      ...profile({}),
      rows: [
        { ...PLAIN_ROW, sourceIp: '2001:db8::1' },
        { ...PLAIN_ROW, position: 1 },
      ],
    },
  ],
];

const others: [file: string, outcome: 'refused' | 'not-a-report', reason: string][] = [
  ['truncated.xml', 'refused', 'truncated'],
  ['tags-mismatched.xml', 'refused', 'malformed'],
  ['doctype.xml', 'refused', 'doctype'],
  ['date-milliseconds.xml', 'refused', 'bad-dates'],
  ['date-end-before-begin.xml', 'refused', 'bad-dates'],
  ['feedback-empty.xml', 'refused', 'no-content'],
  ['other-xml.xml', 'not-a-report', 'other-xml'],
  ['tls-report.json', 'not-a-report', 'tls-report'],
  ['failure-report.txt', 'not-a-report', 'failure-report'],
];

describe('a document that shows what reporters really send', () => {
  test.each(reports)('%s is stored, with the warnings %j', async (file, warnings, expected) => {
    const document = await readOne(fixture(file));
    expect(document).toMatchObject({ outcome: 'report', report: { ...expected, warnings } });
  });

  test.each(others)('%s is %s: %s', async (file, outcome, reason) => {
    expect(await readOne(fixture(file))).toMatchObject({ outcome, problem: { reason } });
  });

  test.each(reports)('%s reads the same tag by tag', async (file) => {
    const general = await readOne(fixture(file), {}, { plainShape: false });
    expect(general).toEqual(await readOne(fixture(file)));
  });
});

describe('the fixtures', () => {
  const files = readdirSync(fixturesDir);

  test('are all tested', () => {
    expect([...reports, ...others].map(([file]) => file).sort()).toEqual(files.sort());
  });

  test('are all described', () => {
    const readme = readFileSync(path.join(fixturesDir, '../README.md'), 'utf8');
    expect(files.filter((file) => !readme.includes(`\`${file}\``))).toEqual([]);
  });
});
