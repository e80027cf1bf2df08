import { attacked } from './stories/attacked.ts';
import { coverage } from './stories/coverage.ts';
import { dns } from './stories/dns.ts';
import { forwarding } from './stories/forwarding.ts';
import { goBack } from './stories/go-back.ts';
import { littleMail } from './stories/little-mail.ts';
import { policies } from './stories/policies.ts';
import { silent } from './stories/silent.ts';
import { sources } from './stories/sources.ts';
import { steps } from './stories/steps.ts';
import { subdomains } from './stories/subdomains.ts';
import { time } from './stories/time.ts';

/** Every story, by theme. */
export const stories = {
  'little mail': littleMail,
  'spoofed domains': attacked,
  'sources and their classes': sources,
  'time and rhythm': time,
  coverage,
  'from quarantine to reject': steps,
  'going back': goBack,
  'the policy in force': policies,
  subdomains,
  'forwarders and lists': forwarding,
  'records in DNS': dns,
  'domains that send nothing': silent,
};
