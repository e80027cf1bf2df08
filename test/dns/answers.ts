import type { Answer, Question } from 'dns-packet';
import type { Fault, Zone } from './zone.ts';

/** Aliases that fit into one answer, a loop too. */
const LONGEST_ANSWER_CHAIN = 20;

/** What the zone answers, aliases followed as a recursive server does. */
export function lookUp(
  zone: Zone,
  { name, type }: Question,
  fault: Fault | undefined,
): { answers: Answer[]; exists: boolean } {
  const answers: Answer[] = [];
  let current = name.toLowerCase();
  if (fault === 'lie')
    answers.push({ type: 'TXT', name: 'elsewhere.example', ttl: 9, data: 'v=spf1 +all' });
  for (let hop = 0; hop < LONGEST_ANSWER_CHAIN; hop++) {
    const found = at(zone, current, type);
    if (found.length > 0) return { answers: [...answers, ...found], exists: true };
    const [alias] = at(zone, current, 'CNAME');
    if (alias?.type !== 'CNAME') break;
    answers.push(alias);
    current = alias.data.toLowerCase().replace(/\.$/, '');
    if (fault === 'no-chain') return { answers, exists: true };
  }
  return { answers, exists: zone.names.has(current) || wildcardOf(zone, current) !== null };
}

function at(zone: Zone, name: string, type: string): Answer[] {
  const found = zone.records.get(`${name} ${type}`);
  if (found) return found;
  const wildcard = zone.names.has(name) ? null : wildcardOf(zone, name);
  const made = wildcard === null ? [] : (zone.records.get(`${wildcard} ${type}`) ?? []);
  return made.map((answer) => ({ ...answer, name }));
}

function wildcardOf(zone: Zone, name: string): string | null {
  const labels = name.split('.');
  for (let from = 1; from < labels.length; from++) {
    const wildcard = `*.${labels.slice(from).join('.')}`;
    if (zone.names.has(wildcard)) return wildcard;
  }
  return null;
}
