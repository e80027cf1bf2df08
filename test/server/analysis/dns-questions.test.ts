import { describe, expect, it } from 'vitest';
import type { DkimAuthResult } from '../../../ingest/report.ts';
import { dnsQuestions } from '../../../server/analysis/dns-questions.ts';
import { mailOf } from './mail-of.ts';

/** What is asked about example.org after mail with one signature for each of these. */
function selectorsOf(...signatures: [selector: string, domain: string][]): string[] {
  const mail = mailOf({ rows: [{ source: 'service:google', messages: 1 }] });
  const dkim = signatures.map(([selector, domain]): DkimAuthResult => ({
    ...{ selector, domain, result: 'pass', humanResult: null },
  }));
  const streams = mail.streams.map((stream) => ({ ...stream, shape: { ...stream.shape, dkim } }));
  const { selectors } = dnsQuestions({ ...mail, domain: 'example.org', streams });
  return selectors.map(({ selector, domain }) => `${selector} of ${domain}`);
}

describe('DNS is asked about keys of the domain alone', () => {
  it.each([
    ['s1', 'example.org'],
    ['S1', 'example.org'],
    ['a_b-c.2026', 'example.org'],
    ['s1', 'mail.example.org'],
  ])('asked: %s of %s', (selector, domain) => {
    expect(selectorsOf([selector, domain])).toEqual([`${selector} of ${domain}`]);
  });

  it.each([
    [
      'a selector with a space, which would lead to a zone behind it',
      'x victim.test',
      'example.org',
    ],
    ['a selector that ends in a dot', 'y._domainkey.internal.test.', 'example.org'],
    ['an empty selector', '', 'example.org'],
    ['an empty label', 'a..b', 'example.org'],
    ['a label of 64 letters', 'a'.repeat(64), 'example.org'],
    ['a line break', 's1\n', 'example.org'],
    ['control letters', 'a\u202eb\u001b[31m', 'example.org'],
    ['a signer with a space', 's1', 'victim.test x.example.org'],
    ['a signer with an empty label', 's1', 'a..example.org'],
    ['a signer that is no part of the domain', 's1', 'badexample.org'],
  ])('not asked: %s', (_, selector, domain) => {
    expect(selectorsOf([selector, domain])).toEqual([]);
  });

  it('a selector is one for each signer', () => {
    const asked = selectorsOf(
      ['s1', 'example.org'],
      ['s1', 'a.example.org'],
      ['s1', 'example.org'],
    );
    expect(asked).toEqual(['s1 of example.org', 's1 of a.example.org']);
  });
});
