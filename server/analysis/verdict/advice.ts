import type { MailStream } from '../../store/domain-mail.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import type { ClassifiedSource } from '../classified.ts';
import type { Service } from '../service.ts';
import { knownServices } from '../service-facts.ts';
import { listInWords } from './in-words.ts';

const known = knownServices(catalogue);

/** What a failing source shows of itself, most messages first. */
interface Shown {
  signsAs: string[];
  returnsTo: string[];
  failsSigningAs: string[];
  signsAtAll: boolean;
}

/**
 * What passes now and is not aligned, and what to do about it in the words of the service.
 * @param streams of the source; those that pass DMARC are not looked at
 */
export function adviceFor(
  source: ClassifiedSource,
  streams: readonly MailStream[],
  domain: string,
): string {
  const shown = shownBy(streams.filter(isFailing));
  const service = serviceOf(source, shown);
  return [shownInWords(shown, domain), whatToDo(service, shown, domain)]
    .filter((text) => text !== '')
    .join(' ');
}

/** For mail that passes by SPF alone: how to make the source sign. */
export function signingAdvice(source: ClassifiedSource, domain: string): string {
  const service = serviceOf(source, { signsAs: [], returnsTo: [] });
  return service?.alignDkim ?? `Let it sign with a DKIM key of ${domain}.`;
}

function isFailing({ shape: { policyEvaluated } }: MailStream): boolean {
  return policyEvaluated.dkimAligned !== true && policyEvaluated.spfAligned !== true;
}

function shownBy(streams: readonly MailStream[]): Shown {
  const sums = { signsAs: tally(), returnsTo: tally(), failsSigningAs: tally() };
  for (const { shape, messages } of streams) {
    const count = messages.reduce((sum, more) => sum + more, 0);
    for (const { domain, result } of shape.dkim)
      if (domain !== null)
        sums[result === 'pass' ? 'signsAs' : 'failsSigningAs'].add(domain, count);
    for (const { domain, result } of shape.spf)
      if (domain !== null && result === 'pass') sums.returnsTo.add(domain, count);
  }
  return {
    signsAs: sums.signsAs.ranked(),
    returnsTo: sums.returnsTo.ranked(),
    failsSigningAs: sums.failsSigningAs.ranked(),
    signsAtAll: streams.some(({ shape }) => shape.dkim.length > 0),
  };
}

function tally(): { add: (name: string, count: number) => void; ranked: () => string[] } {
  const sums = new Map<string, number>();
  return {
    add: (name, count) => sums.set(name, (sums.get(name) ?? 0) + count),
    ranked: () =>
      [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name),
  };
}

function serviceOf(
  { network }: ClassifiedSource,
  { signsAs, returnsTo }: Pick<Shown, 'signsAs' | 'returnsTo'>,
): Service | null {
  if (network.id.startsWith('service:'))
    return known.serviceById(network.id.slice('service:'.length));
  return (
    known.serviceOfReturnPath(returnsTo[0] ?? null) ??
    known.serviceOfSigningDomain(signsAs[0] ?? null)
  );
}

function shownInWords(
  { signsAs, returnsTo, failsSigningAs, signsAtAll }: Shown,
  domain: string,
): string {
  const isOwn = (name: string): boolean => name === domain || name.endsWith(`.${domain}`);
  const foreign = signsAs.filter((name) => !isOwn(name));
  const paths = returnsTo.filter((name) => !isOwn(name));
  const parts: string[] = [];
  if (foreign.length > 0) parts.push(`it signs as ${listInWords(foreign, 2)}`);
  else if (!signsAtAll) parts.push('it does not sign');
  if (paths.length > 0) parts.push(`its return path is ${listInWords(paths, 2)}`);
  const broken = failsSigningAs.filter(isOwn);
  if (broken.length > 0) parts.push(`its signature as ${listInWords(broken, 2)} does not verify`);
  const text = listInWords(parts);
  if (text === '') return '';
  const passes = foreign.length + paths.length > 0 ? `, which passes but is not ${domain}` : '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${broken.length > 0 ? '' : passes}.`;
}

function whatToDo(service: Service | null, shown: Shown, domain: string): string {
  const said = service?.alignDkim ?? service?.alignSpf ?? null;
  if (said !== null) return said;
  if (shown.failsSigningAs.includes(domain))
    return `Check that the key in DNS is the one it signs with, and that nothing changes its mail afterwards.`;
  return `Let it sign with a DKIM key of ${domain}, or stop it from using the name.`;
}
