import { isPublicSuffix } from '../records/public-suffix-domain.ts';

const ADDRESS_LABELS = [
  { end: '.in-addr.arpa', most: 5 }, // a /24
  { end: '.ip6.arpa', most: 14 }, // a /48
];

/**
 * The zone that a name most likely stands in, by the name alone: names with one zone are answered, or
 * left without an answer, by the same servers.
 */
export function zoneOf(name: string): string {
  const labels = name.split('.');
  const reverse = ADDRESS_LABELS.find(({ end }) => name.endsWith(end));
  if (reverse) return labels.slice(-reverse.most).join('.');
  const owner = labels.slice(labels.findLastIndex((label) => label.startsWith('_')) + 1);
  if (owner.length > 0 && owner.length < labels.length) return owner.join('.');
  const above = labels.slice(1).join('.');
  return above === '' || isPublicSuffix(above) ? name : above;
}
