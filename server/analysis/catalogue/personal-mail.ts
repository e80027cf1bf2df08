import type { Service } from '../service.ts';

/** Thunderbird's reviewed settings of mail providers, one file a provider. */
const PROVIDER_SETTINGS = 'https://github.com/thunderbird/autoconfig/blob';

/**
 * A provider of which no more is known than under which domains people have their addresses, and so
 * their return paths.
 *
 * @param settings COMMIT/FILE of the provider's settings that name the domains
 */
export function personalMail(
  id: string,
  name: string,
  settings: `${string}/${string}`,
  returnPathSuffixes: readonly string[],
): Service {
  const source = `${PROVIDER_SETTINGS}/${settings.replace('/', '/ispdb/')}`;
  return {
    id,
    name,
    kind: 'mailbox-provider',
    documents: [{ source, dated: null, returnPathSuffixes }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  };
}
