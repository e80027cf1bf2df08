import { expect, test } from 'vitest';
import { domainsDue, MOST_SELDOM } from '../../server/domains-due.ts';
import type { DomainToAsk } from '../../server/store/store.ts';

const DAY = 86_400;
const NOW = 20_000 * DAY;

const aDomain = (domain: string, wanted: Partial<DomainToAsk> = {}): DomainToAsk => ({
  ...{ domain, hasUserWord: false, reportDays: 40, messages: 1, askedSeconds: null, ...wanted },
});
const seldom = (count: number, name: string, askedDaysAgo: number | null = null): DomainToAsk[] =>
  Array.from({ length: count }, (_, at) => {
    const askedSeconds = askedDaysAgo === null ? null : NOW - askedDaysAgo * DAY;
    return aDomain(`${name}${at}.example`, { reportDays: 6, askedSeconds });
  });

test('a domain is due once a day', () => {
  const domains = [NOW - DAY, NOW - DAY + 1, null].map((askedSeconds, at) =>
    aDomain(`d${at}.example`, { askedSeconds }),
  );
  expect(domainsDue(domains, NOW)).toEqual(['d0.example', 'd2.example']);
});

test('what is no name is never due', () => {
  expect(
    domainsDue(
      ['', 'x victim.test', 'a..example'].map((name) => aDomain(name)),
      NOW,
    ),
  ).toEqual([]);
});

test('300 invented domains have so many questions a day, and hold up no other', () => {
  const domains = [...seldom(300, 'invented'), aDomain('own.example', { reportDays: 7 })];
  const due = domainsDue(domains, NOW);
  expect(due).toHaveLength(MOST_SELDOM + 1);
  expect(due[0]).toBe('own.example');
  expect(due[1]).toBe('invented0.example');
});

test('those asked about today count, so that a day has no more rounds of them', () => {
  expect(domainsDue([...seldom(90, 'asked', 0.5), ...seldom(300, 'new')], NOW)).toHaveLength(10);
  expect(domainsDue([...seldom(200, 'asked', 0.5), ...seldom(300, 'new')], NOW)).toEqual([]);
});

test('a quiet domain that the user speaks of is not seldom', () => {
  const spokenOf = aDomain('quiet.example', { reportDays: 0, hasUserWord: true });
  expect(domainsDue([...seldom(200, 'asked', 0.5), spokenOf], NOW)).toEqual(['quiet.example']);
});

test('hundreds of seldom domains have their turn one after the other', () => {
  const domains = [...seldom(MOST_SELDOM, 'lately', 2), ...seldom(60, 'long', 7)];
  const due = domainsDue(domains, NOW);
  expect(due).toHaveLength(MOST_SELDOM);
  expect(due.slice(0, 60).every((name) => name.startsWith('long'))).toBe(true);
});
