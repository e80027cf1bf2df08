import { catalogue } from '../../../../server/analysis/catalogue/catalogue.ts';
import type { SourceKind, SourceName } from '../../../../server/store/source-naming.ts';

const KINDS: Readonly<Record<string, SourceKind>> = {
  service: 'service',
  spf: 'spf',
  ptr: 'ptr',
  as: 'as',
  net: 'block',
};

/** 'service:mailchimp', 'as:63949 Linode', 'spf:example.org' (the domain's own terms, if it is that). */
export function networkOf(source: string, domain: string): SourceName {
  const [id = '', ...words] = source.split(' ');
  const [prefix = '', ...rest] = id.split(':');
  const value = rest.join(':');
  const kind = id === `spf:${domain}` ? 'own-network' : KINDS[prefix];
  if (kind === undefined) throw new Error(`no such kind of source: ${source}`);
  return { id, name: nameOf(kind, value, words.join(' ')), kind, evidence: `Told: ${id}.` };
}

function nameOf(kind: SourceKind, value: string, words: string): string {
  if (kind === 'own-network') return words === '' ? 'Your own network' : words;
  if (kind === 'as') return words === '' ? `AS${value}` : `${words} (AS${value})`;
  if (words !== '') return words;
  const service = kind === 'service' ? catalogue.find(({ id }) => id === value) : undefined;
  return service?.name ?? value;
}
