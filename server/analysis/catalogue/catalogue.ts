import type { Service } from '../service.ts';
import { accessProviders } from './access-providers.ts';
import { aliases } from './aliases.ts';
import { applications } from './applications.ts';
import { crm } from './crm.ts';
import { forwarders } from './forwarders.ts';
import { helpAndSurveys } from './help-and-surveys.ts';
import { mailboxProviders } from './mailbox-providers.ts';
import { marketingAutomation } from './marketing-automation.ts';
import { newsletters } from './newsletters.ts';
import { newslettersSharedDomain } from './newsletters-shared-domain.ts';
import { securityGateways } from './security-gateways.ts';
import { smtpRelays } from './smtp-relays.ts';
import { smtpServices } from './smtp-services.ts';
import { transactional } from './transactional.ts';
import { webHosting } from './web-hosting.ts';
import { webmail } from './webmail.ts';

/** Every service that is known by name, with the public documents that say how to know it. */
export const catalogue: readonly Service[] = [
  ...mailboxProviders,
  ...webmail,
  ...accessProviders,
  ...webHosting,
  ...newsletters,
  ...newslettersSharedDomain,
  ...marketingAutomation,
  ...crm,
  ...transactional,
  ...smtpRelays,
  ...smtpServices,
  ...applications,
  ...helpAndSurveys,
  ...securityGateways,
  ...forwarders,
  ...aliases,
];
