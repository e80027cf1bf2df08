import { expect, test } from 'vitest';

import { organizationalDomain } from '../../../server/analysis/organizational-domain.ts';

test.each([
  ['example.org', 'example.org'],
  ['mail.news.example.org', 'example.org'],
  ['a.example.co.uk', 'example.co.uk'],
  ['someone.github.io', 'someone.github.io'],
  ['a.someone.github.io', 'someone.github.io'],
  ['xn--mnchen-3ya.example.xn--p1ai', 'example.xn--p1ai'],
  ['co.uk', 'co.uk'],
  ['localhost', 'localhost'],
  ['', ''],
])('%s belongs to %s', (name, organization) => {
  expect(organizationalDomain(name)).toBe(organization);
});
