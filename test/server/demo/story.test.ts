import { beforeAll, describe, expect, test } from 'vitest';

import { STORY_DAYS, TURNS } from '../../../server/demo/story-days.ts';
import { type ReadStory, readStory, type StoryRow } from './read-story.ts';
import {
  fromAgency,
  fromNewsletter,
  fromOldServer,
  fromPayroll,
  fromTickets,
  fromWebServer,
  fromWorkspace,
  isAligned,
  isForged,
  returnPath,
  signedWith,
} from './story-rows.ts';

let story: ReadStory;

beforeAll(async () => {
  story = await readStory('2026-11-22');
});

/** Days before the end on which the rows have messages, in order. */
function activeDays(test: (row: StoryRow) => boolean): number[] {
  const days = new Set(story.rows.filter(test).map(({ daysBeforeEnd }) => daysBeforeEnd));
  return [...days].sort((a, b) => b - a);
}

const messagesOn = (day: number, test: (row: StoryRow) => boolean): number =>
  story.messages((row) => row.daysBeforeEnd === day && test(row));

describe('the story as its reports tell it', () => {
  test('has a report of some 9 receivers each day, and no record too many for a quick import', () => {
    expect(story.reports.length).toBeGreaterThan(9 * STORY_DAYS);
    expect(story.reports.length).toBeLessThan(10 * STORY_DAYS);
    expect(story.rows.length).toBeLessThan(20_000);
    expect(story.messages(() => true)).toBeGreaterThan(50_000);
  });

  test('one receiver falls silent for some weeks early on, and comes back', () => {
    const days = new Set(
      story.reports
        .filter(({ report }) => report.metadata.orgName === 'Yahoo')
        .map(({ daysBeforeEnd }) => daysBeforeEnd),
    );
    const silent = Array.from({ length: 26 }, (_, i) => 168 - i);
    expect(silent.filter((day) => days.has(day))).toEqual([]);
    expect([170, 169, 142, 141].filter((day) => !days.has(day))).toEqual([]);
  });
});

describe('the move', () => {
  test('the old server sends everything before it, less each day after, and nothing from its last day on', () => {
    const days = activeDays(fromOldServer);
    expect(days[0]).toBe(STORY_DAYS - 1);
    expect(days.at(-1)).toBeGreaterThan(TURNS.oldServerSilent);
    const [before, after] = [TURNS.moved + 7, TURNS.moved - 7].map((weekBegins) =>
      story.messages(
        (row) =>
          fromOldServer(row) &&
          row.daysBeforeEnd <= weekBegins &&
          row.daysBeforeEnd > weekBegins - 7,
      ),
    );
    expect(before).toBeGreaterThan(500);
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThan((before ?? 0) / 10);
  });

  test('Workspace begins on its day', () => {
    expect(activeDays(fromWorkspace)[0]).toBe(TURNS.moved);
  });

  test('for two days Workspace signs for its tenant alone, and SPF carries the mail', () => {
    const unsigned = activeDays(
      (row) =>
        fromWorkspace(row) &&
        row.profile.policyEvaluated.dkimAligned === false &&
        signedWith('example-org.20230601.gappssmtp.com', '20230601')(row),
    );
    expect(unsigned).toEqual([TURNS.moved, TURNS.moved - 1]);
    for (const row of story.rows.filter(fromWorkspace)) {
      expect(isAligned(row)).toBe(true);
      if (row.daysBeforeEnd > TURNS.workspaceSigns)
        expect(row.profile.policyEvaluated.dkimAligned).toBe(false);
    }
  });

  test('from the third day on it signs as the domain', () => {
    const days = activeDays(
      (row) => fromWorkspace(row) && signedWith('example.org', 'google')(row),
    );
    expect(days[0]).toBe(TURNS.workspaceSigns);
    const carried = story.messages(
      (row) => fromWorkspace(row) && row.profile.policyEvaluated.dkimAligned === true,
    );
    const since = story.messages(
      (row) => fromWorkspace(row) && row.daysBeforeEnd <= TURNS.workspaceSigns,
    );
    expect(carried / since).toBeGreaterThan(0.95);
  });

  test('the selector travels with what others pass on: the old one, then the new', () => {
    const passedOn = (row: StoryRow) =>
      ['lists.example.net', 'forward.university.example'].includes(returnPath(row));
    const last = activeDays((row) => passedOn(row) && signedWith('example.org', 'mail')(row)).at(
      -1,
    );
    const first = activeDays((row) => passedOn(row) && signedWith('example.org', 'google')(row))[0];
    expect(last).toBeGreaterThan(TURNS.moved);
    expect(first).toBeLessThanOrEqual(TURNS.workspaceSigns);
    expect(first).toBeGreaterThan(TURNS.workspaceSigns - 4);
  });
});

describe('what stands in the way, and how it is mended', () => {
  test('the newsletter is aligned from its day in the fifth month on, and never before', () => {
    expect(activeDays((row) => fromNewsletter(row) && isAligned(row))[0]).toBe(
      TURNS.newsletterSigns,
    );
    expect(activeDays((row) => fromNewsletter(row) && !isAligned(row)).at(-1)).toBe(
      TURNS.newsletterSigns + 1,
    );
  });

  test('most mail of the web site has a broken signature, until its day in the fifth month', () => {
    const before = (row: StoryRow) =>
      fromWebServer(row) && row.daysBeforeEnd > TURNS.webServerMended;
    const broken = story.messages((row) => before(row) && !isAligned(row));
    expect(broken / story.messages(before)).toBeCloseTo(5 / 6, 1);
    for (const { profile } of story.rows.filter(fromWebServer)) {
      expect(profile.dkim).toMatchObject([{ domain: 'example.org', selector: 'web' }]);
      expect(profile.policyEvaluated.spfAligned).toBe(false);
    }
    expect(activeDays((row) => fromWebServer(row) && !isAligned(row)).at(-1)).toBe(
      TURNS.webServerMended + 1,
    );
  });

  test.each([
    ['the newsletter', fromNewsletter, TURNS.newsletterSigns, 'k2'],
    ['the web site', fromWebServer, TURNS.webServerMended, 'web'],
  ])('%s passes for the domain in all mail of the last month', (_, test, day, selector) => {
    expect(day).toBeLessThanOrEqual(60);
    expect(day).toBeGreaterThan(31);
    const since = (row: StoryRow) => test(row) && row.daysBeforeEnd < 30;
    expect(story.messages(since)).toBeGreaterThan(300);
    expect(story.messages((row) => since(row) && signedWith('example.org', selector)(row))).toBe(
      story.messages(since),
    );
  });

  test('before, the newsletter passes for its service, and on enough days to be asked about', () => {
    const before = story.rows.filter(
      (row) => fromNewsletter(row) && row.daysBeforeEnd > TURNS.newsletterSigns,
    );
    for (const { profile } of before) {
      expect(profile.spf[0]?.result).toBe('pass');
      expect(profile.dkim).toMatchObject([{ domain: 'mcsv.net', result: 'pass' }]);
    }
    const fourthMonth = activeDays(fromNewsletter).filter((day) => day <= 90 && day >= 61);
    expect(fourthMonth.length).toBeGreaterThan(20);
  });
});

describe('the other senders', () => {
  test('the ticket system is carried by DKIM alone, in nearly all of its mail', () => {
    const all = story.messages(fromTickets);
    expect(all).toBeGreaterThan(4000);
    expect(story.messages((row) => fromTickets(row) && isAligned(row)) / all).toBeGreaterThan(0.99);
    for (const { profile } of story.rows.filter(fromTickets))
      expect(profile.policyEvaluated.spfAligned).toBe(false);
  });

  test('pay slips come once a month, on the 25th or the Friday before', () => {
    const end = Date.parse('2026-11-22T00:00:00Z');
    const dates = activeDays(fromPayroll).map((day) =>
      new Date(end - day * 86_400_000).toISOString().slice(0, 10),
    );
    expect(dates).toEqual([
      '2026-05-25',
      '2026-06-25',
      '2026-07-24',
      '2026-08-25',
      '2026-09-25',
      '2026-10-23',
    ]);
    expect(story.messages((row) => fromPayroll(row) && !isAligned(row))).toBe(0);
  });

  test('an agency that passes as itself begins late, and is a small part', () => {
    const days = activeDays(fromAgency);
    expect(days[0]).toBeLessThanOrEqual(TURNS.agencyBegins);
    expect(days.filter((day) => day < 30).length).toBeGreaterThanOrEqual(8);
    expect(story.messages((row) => fromAgency(row) && isAligned(row))).toBe(0);
    const inTheLastMonth = (test: (row: StoryRow) => boolean) =>
      story.messages((row) => row.daysBeforeEnd < 30 && test(row));
    expect(inTheLastMonth(fromAgency) / inTheLastMonth(isAligned)).toBeLessThan(0.01);
  });

  test('of what is passed on, little would be lost', () => {
    const lost = story.messages(
      (row) =>
        row.daysBeforeEnd < 30 &&
        !isAligned(row) &&
        row.profile.policyEvaluated.reasons.some(({ type }) => type === 'mailing_list'),
    );
    expect(lost).toBeGreaterThan(0);
    expect(lost / story.messages((row) => row.daysBeforeEnd < 30 && isAligned(row))).toBeLessThan(
      0.01,
    );
  });

  test('the wave of forged mail lasts five days of the fourth month, from many networks', () => {
    for (const day of [90, 89, 88, 87, 86]) expect(messagesOn(day, isForged)).toBeGreaterThan(400);
    for (const day of [92, 91, 85, 84]) expect(messagesOn(day, isForged)).toBeLessThan(15);
    const networks = new Set(
      story.rows
        .filter((row) => isForged(row) && row.daysBeforeEnd < 30)
        .map(({ sourceIp }) => sourceIp.split('.').slice(0, 2).join('.')),
    );
    expect(networks.size).toBeGreaterThan(10);
  });
});
