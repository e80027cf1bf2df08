import { type DomainPart, domainHref, domainPartHref } from '../routes.ts';
import { chosenPeriod } from '../navigation.ts';

const PARTS: readonly [part: DomainPart, label: string][] = [
  ['what-if', 'What if'],
  ['dns', 'DNS'],
  ['proof', 'Proof sheet'],
];

/** The pages about one domain. */
export function DomainTabs({ domain, shown }: { domain: string; shown: DomainPart | null }) {
  return (
    <nav class="tabs" aria-label="About this domain">
      <a
        href={domainHref(domain, chosenPeriod.value)}
        aria-current={shown === null ? 'page' : undefined}
      >
        Verdict
      </a>
      {PARTS.map(([part, label]) => (
        <a
          key={part}
          href={domainPartHref(domain, part)}
          aria-current={shown === part ? 'page' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

/** Heading line of the pages below a domain's own. */
export function DomainCrumb({ domain }: { domain: string }) {
  return (
    <p class="crumb">
      <a href={domainHref(domain, chosenPeriod.value)}>
        <bdi>{domain}</bdi>
      </a>
    </p>
  );
}
