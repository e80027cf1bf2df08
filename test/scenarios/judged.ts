import { classify, type Classification } from '../../server/analysis/classify.ts';
import { judge, streamsToAskAbout, type VerdictInput } from '../../server/analysis/verdict.ts';
import { defaultVerdictSettings } from '../../server/analysis/verdict-settings.ts';
import type { Verdict } from '../../server/analysis/verdict-types.ts';
import type { UserWords } from '../../server/store/domain-mail.ts';
import { mailAndReporters } from '../server/analysis/mail-of.ts';
import type { MailSpec } from '../server/analysis/mail/story.ts';
import { dnsOf, type DnsSpec } from './dns-of.ts';
import { NO_WORDS } from './scenario.ts';

/** A story told, its sources classified, and the verdict over it: the whole way, nothing left out. */
export function judged(story: { mail: MailSpec; dns?: DnsSpec; words?: Partial<UserWords> }): {
  input: VerdictInput;
  classification: Classification;
  verdict: Verdict;
} {
  const input = inputOf(story);
  return { input, classification: input.classification, verdict: judge(input) };
}

export function inputOf(story: {
  mail: MailSpec;
  dns?: DnsSpec;
  words?: Partial<UserWords>;
}): VerdictInput {
  const { mail, streamReporterDays } = mailAndReporters(story.mail);
  const words = { ...NO_WORDS, ...story.words };
  const dns = story.dns === undefined ? null : dnsOf(story.dns, mail.at);
  const classification = classify(mail, {
    ...{ words, dns, addresses: [] },
    window: { from: mail.at - defaultVerdictSettings.windowDays + 1, to: mail.at },
  });
  const asked = new Set(streamsToAskAbout(mail, classification));
  return {
    ...{ mail, classification, dns, words, settings: defaultVerdictSettings },
    streamReporterDays: streamReporterDays.filter(({ streamId }) => asked.has(streamId)),
  };
}
