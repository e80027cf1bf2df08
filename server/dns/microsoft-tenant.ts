import type { Resolver } from './look-up.ts';
import { textsAt } from './texts.ts';

/** Selectors that Microsoft 365 gives every domain of a tenant, as aliases to keys of its own. */
const SELECTORS = ['selector1', 'selector2'];
const TARGET =
  /^selector[12]-.+\._domainkey\.([a-z0-9-]+)\.(?:onmicrosoft\.com|[a-z0-9]+-v\d+\.dkim\.mail\.microsoft)$/;

/** The tenant's own label ('contoso' of contoso.onmicrosoft.com), learnt from those aliases; null where not seen. */
export async function microsoftTenant(domain: string, resolver: Resolver): Promise<string | null> {
  const found = await Promise.all(
    SELECTORS.map((selector) => textsAt(resolver, `${selector}._domainkey.${domain}`)),
  );
  for (const name of found.flatMap(({ cnames }) => cnames)) {
    const tenant = TARGET.exec(name)?.[1];
    if (tenant !== undefined) return tenant;
  }
  return null;
}
