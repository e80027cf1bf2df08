import {
  type ClassContext,
  type Classification,
  classify,
} from '../../../../server/analysis/classify.ts';
import type { ClassifiedSource } from '../../../../server/analysis/classified.ts';
import type { ClassWord, DomainMail, UserWords } from '../../../../server/store/domain-mail.ts';
import { mailOf } from '../mail-of.ts';
import type { MailRow, MailSpec } from '../mail/story.ts';

export const NO_WORDS: UserWords = {
  classes: [],
  fixed: [],
  rhythms: [],
  waivers: [],
  sendsNothing: null,
  microsoftTenants: [],
};

export function classifyMail(
  mail: DomainMail,
  context: Partial<ClassContext> = {},
): Classification {
  return classify(mail, {
    words: NO_WORDS,
    dns: null,
    addresses: [],
    window: { from: mail.at - 29, to: mail.at },
    ...context,
  });
}

/** 'own', with the id of each source: enough to read a case at a glance. */
export function classesOf(
  rows: readonly MailRow[],
  context: Partial<ClassContext> = {},
  spec: Partial<MailSpec> = {},
): Record<string, string> {
  const { sources } = classifyMail(mailOf({ ...spec, rows }), context);
  return Object.fromEntries(sources.map(({ id, class: is }) => [id, is]));
}

export function wordsOn(words: Record<string, ClassWord['class']>, day = 20_600): UserWords {
  const classes = Object.entries(words).map(([sourceId, is]): ClassWord => {
    return { sourceId, class: is, day, by: 'Anna', note: null };
  });
  return { ...NO_WORDS, classes };
}

export function sourceOf({ sources }: Classification, id: string): ClassifiedSource {
  const found = sources.find((source) => source.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${sources.map((one) => one.id).join()}`);
  return found;
}

export const ownWorkspace: MailRow = {
  source: 'service:google',
  messages: 100,
  dkim: ['pass example.org google'],
  spf: ['pass example.org'],
};

/** Mail without any tie from `count` networks, `messages` from each on each of the days. */
export function botnet(count: number, row: Partial<MailRow> = {}): MailRow[] {
  return Array.from({ length: count }, (_, index) => ({
    source: `as:${64_600 + index} Network ${index}`,
    days: [-11, -9],
    messages: 5,
    spf: ['softfail example.org'],
    ...row,
  }));
}

/** A service that signs as itself, with a return path of its own. */
export const newsletter: MailRow = {
  source: 'service:mailchimp',
  weekdays: [3],
  messages: 900,
  dkim: ['pass mcsv.net k2'],
  spf: ['pass mail27.suw15.mcsv.net'],
};
