import type { UserWords } from '../../store/domain-mail.ts';
import { defaultVerdictSettings } from '../verdict-settings.ts';
import type { Verdict } from '../verdict-types.ts';
import { noData } from './findings.ts';

const NO_WORDS: UserWords = {
  classes: [],
  fixed: [],
  rhythms: [],
  waivers: [],
  sendsNothing: null,
  microsoftTenants: [],
};

/** The verdict on a domain that no report has ever told of. */
export function noReports(domain: string, at: number): Verdict {
  return noData({
    mail: {
      ...{ domain, at, from: at },
      ...{ streams: [], reports: [], reporterDays: [], otherPolicyDomains: [] },
    },
    classification: { sources: [], questions: [], sourceOfStream: new Int32Array(0) },
    streamReporterDays: [],
    dns: null,
    words: NO_WORDS,
    settings: defaultVerdictSettings,
  });
}
