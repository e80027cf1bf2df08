import type { Service } from '../service.ts';
import { applications } from './applications.ts';
import { forwarders } from './forwarders.ts';
import { mailboxProviders } from './mailbox-providers.ts';
import { marketingAutomation } from './marketing-automation.ts';
import { newsletters } from './newsletters.ts';
import { smtpRelays } from './smtp-relays.ts';
import { transactional } from './transactional.ts';

/** Every service that is known by name, with the public documents that say how to know it. */
export const catalogue: readonly Service[] = [
  ...mailboxProviders,
  ...newsletters,
  ...marketingAutomation,
  ...transactional,
  ...smtpRelays,
  ...applications,
  ...forwarders,
];
