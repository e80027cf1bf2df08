import { describe, expect, test } from 'vitest';
import { domainName } from '../../ingest/domain-name.ts';

const LONG_LABEL = 'a'.repeat(63);

describe('a domain name', () => {
  test.each([
    ['example.org', 'example.org'],
    ['EXAMPLE.Org', 'example.org'],
    ['example.org.', 'example.org'],
    [' example.org\n', 'example.org'],
    ['_dmarc.example.org', '_dmarc.example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['ex\u00adample.org', 'example.org'],
    ['example。org', 'example.org'],
    ['exаmple.org', 'xn--exmple-4nf.org'],
    ['localhost', 'localhost'],
    [`${LONG_LABEL}.org`, `${LONG_LABEL}.org`],
  ])('%j is %s', (text, domain) => {
    expect(domainName(text)).toEqual({ domain, isValid: true });
    expect(domainName(text)).toEqual({ domain, isValid: true });
  });

  test.each([
    ['', ''],
    ['Not A Domain', 'not a domain'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['=cmd|x', '=cmd|x'],
    ['a..b', 'a..b'],
    ['.', ''],
    ['...', ''],
    ['example.org/x', 'example.org/x'],
    ['example.org?y', 'example.org?y'],
    ['example.org#z', 'example.org#z'],
    ['example.org\\q', 'example.org\\q'],
    ['%65xample.org', '%65xample.org'],
    ['exam\u202eple.org', 'exam\u202eple.org'],
    ['someone@example.org', 'someone@example.org'],
    ['https://example.org/', 'https://example.org/'],
    [`${LONG_LABEL}a.org`, `${LONG_LABEL}a.org`],
  ])('%j is none, and stays %j', (text, domain) => {
    expect(domainName(text)).toEqual({ domain, isValid: false });
  });

  test('that is longer than any name is cut, and not remembered', () => {
    const text = 'A'.repeat(100_000);
    expect(domainName(text)).toEqual({ domain: 'a'.repeat(253), isValid: false });
  });
});
