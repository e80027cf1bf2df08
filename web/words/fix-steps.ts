import type { SourceDetailResponse } from '../../server/api/contract-sources.ts';
import { formatQuantity } from '../format.ts';

export interface FixStep {
  text: string;
  /** Something to paste elsewhere. */
  copy: string | null;
}

/** From here on a list of addresses is better left to an include. */
const MOST_ADDRESSES = 4;

/** What to do about a source of yours that fails DMARC, from what its mail says about itself. */
export function fixSteps(domain: string, detail: SourceDetailResponse): FixStep[] {
  const { source } = detail;
  return [
    // What the service itself asks for says more than what can be read from its mail.
    ...(source.advice === null ? signingSteps(domain, detail) : adviceSteps(source.advice)),
    ...pathSteps(domain, detail),
    step(
      'Reports come a day late: look here again in two or three days. Once its mail is aligned, ' +
        'mark it as fixed, so that the failures before are explained.',
    ),
  ];
}

const step = (text: string, copy: string | null = null): FixStep => ({ text, copy });

/** A part between backticks is a record, a name or a value to paste. */
const adviceSteps = (advice: string): FixStep[] =>
  advice
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => step(line.replaceAll('`', ''), /`([^`]+)`/.exec(line)?.[1] ?? null));

function signingSteps(domain: string, { source, signatures }: SourceDetailResponse): FixStep[] {
  if (source.tally.dkimAligned === source.tally.messages) return [];
  const foreign = source.passedUnaligned.find(({ by }) => by === 'dkim');
  if (foreign !== undefined) {
    return [
      step(
        `It signs as ${foreign.domain} (${formatQuantity(foreign.messages, 'message')}). Let it sign as ` +
          `${domain}: the service gives you records to publish under _domainkey.${domain}.`,
      ),
    ];
  }
  const broken = signatures.find(
    ({ domain: signer, result }) => isBelow(signer, domain) && result !== null && result !== 'pass',
  );
  if (broken !== undefined) {
    const key = `${broken.selector ?? 'SELECTOR'}._domainkey.${broken.domain ?? domain}`;
    return [
      step(
        `It signs as ${broken.domain ?? domain}, but the signature does not verify ` +
          `(${broken.result ?? 'no result'}). Check the key that is published, and that nothing changes mail after signing.`,
        key,
      ),
    ];
  }
  return [
    step(
      `It does not sign. Let it sign with DKIM as ${domain}, or hand its mail to a server that does.`,
    ),
  ];
}

function pathSteps(domain: string, { source, addresses }: SourceDetailResponse): FixStep[] {
  if (source.tally.spfAligned === source.tally.messages) return [];
  const foreign = source.passedUnaligned.find(({ by }) => by === 'spf');
  if (foreign !== undefined) {
    return [
      step(
        `Its return path is ${foreign.domain}. If it lets you, use one below ${domain}, such as bounce.${domain}. ` +
          'This comes second: a signature is enough.',
      ),
    ];
  }
  const isService = source.network.kind === 'service';
  if (isService || addresses.length === 0 || addresses.length > MOST_ADDRESSES) return [];
  const terms = addresses.map(({ sourceIp }) =>
    sourceIp.includes(':') ? `ip6:${sourceIp}` : `ip4:${sourceIp}`,
  );
  return [
    step(
      `If it is a server of yours, its address belongs into the SPF record of ${domain}:`,
      terms.join(' '),
    ),
  ];
}

const isBelow = (name: string | null, domain: string): boolean =>
  name !== null && (name === domain || name.endsWith(`.${domain}`));
