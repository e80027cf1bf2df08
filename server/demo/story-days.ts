const DAY_SECONDS = 86_400;

export const STORY_DAYS = 183;

/**
 * What happens when, in days before the last one, so that the same things happen whenever the story
 * is shown. A month is 30.5 days: the fourth is from 91 to 61, the fifth from 60 to 31.
 */
export const TURNS = {
  /** MX and SPF name Google Workspace; most mailboxes have been moved. */
  moved: 132,
  /** Workspace begins to sign as the domain. */
  workspaceSigns: 130,
  /** The last mailbox has been moved: first day without mail from the old server. */
  oldServerSilent: 118,
  /** The old server leaves the SPF record, its DKIM key leaves DNS. */
  oldServerRemoved: 104,
  spoofing: { from: 90, to: 86 },
  newsletterSigns: 48,
  webServerMended: 40,
  agencyBegins: 34,
} as const;

export interface StoryDay {
  /** 'YYYY-MM-DD', UTC. */
  day: string;
  /** First second of it. */
  startSeconds: number;
  /** 0 is the last day. */
  daysBeforeEnd: number;
  dayOfMonth: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** The days of a story that ends on `endDay` ('YYYY-MM-DD', UTC), first to last. */
export function storyDays(endDay: string): StoryDay[] {
  return Array.from({ length: STORY_DAYS }, (_, i) => storyDay(endDay, STORY_DAYS - 1 - i));
}

export function storyDay(endDay: string, daysBeforeEnd: number): StoryDay {
  const startSeconds = Date.parse(`${endDay}T00:00:00Z`) / 1000 - daysBeforeEnd * DAY_SECONDS;
  const date = new Date(startSeconds * 1000);
  return {
    day: date.toISOString().slice(0, 10),
    startSeconds,
    daysBeforeEnd,
    dayOfMonth: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

export const isWorkday = ({ weekday }: StoryDay): boolean => weekday !== 0 && weekday !== 6;

/** The 25th, or the Friday before where that is a weekend. */
export function isPayday({ weekday, dayOfMonth }: StoryDay): boolean {
  const isFriday = weekday === 5;
  if (isFriday) return dayOfMonth >= 23 && dayOfMonth <= 25;
  return dayOfMonth === 25 && weekday !== 0 && weekday !== 6;
}
