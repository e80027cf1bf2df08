import type { Answer, RecordType } from 'dns-packet';

/**
 * What a server may do instead of answering. `lie`: it answers for another name too; `wrong-id`,
 * `wrong-question`, `wrong-port`: a forged answer only; `forged-first`: forged ones, then the true one.
 */
export type Fault =
  | 'silent'
  | 'servfail'
  | 'refused'
  | 'formerr'
  | 'no-edns'
  | 'garbage'
  | 'cut-off'
  | 'wrong-id'
  | 'wrong-question'
  | 'wrong-port'
  | 'forged-first'
  | 'truncated'
  | 'truncated-garbage'
  | 'slow-tcp'
  | 'tcp-closed'
  | 'bomb'
  | 'lie'
  | 'no-chain'
  | 'flood';

export interface Zone {
  /** By 'name TYPE'; '*.' as a name's first label answers for every name below. */
  records: Map<string, Answer[]>;
  faults: Map<string, Fault>;
  /** Names that exist, with those above them. */
  names: Set<string>;
}

const DEFAULT_TTL = 300;

/**
 * Reads a zone: `name [ttl] TYPE data` a line, '#' begins a comment line. TXT data is the rest of the
 * line, or pieces in double quotes. `name FAULT fault` and `name TYPE! fault` put a fault in the place
 * of all answers, or of those of one type.
 */
export function readZone(text: string): Zone {
  const zone: Zone = { records: new Map(), faults: new Map(), names: new Set() };
  for (const line of text.split('\n')) {
    const match = /^\s*([^#\s]\S*)\s+(?:(\d+)\s+)?([A-Z0-9]+!?)(?:\s(.*))?$/.exec(line);
    if (!match) {
      if (line.trim() !== '' && !line.trim().startsWith('#')) throw new Error(`zone line: ${line}`);
      continue;
    }
    const [, name = '', ttl, type = '', data = ''] = match;
    addLine(zone, name.toLowerCase(), Number(ttl ?? DEFAULT_TTL), type, data.trim());
  }
  return zone;
}

function addLine(zone: Zone, name: string, ttl: number, type: string, data: string): void {
  addName(zone, name);
  if (type === 'FAULT') zone.faults.set(name, data as Fault);
  else if (type.endsWith('!')) zone.faults.set(`${name} ${type.slice(0, -1)}`, data as Fault);
  else if (type !== 'EMPTY') addRecord(zone, answerOf(name, ttl, type as RecordType, data));
}

export function addRecord(zone: Zone, answer: Answer): void {
  const name = answer.name.toLowerCase();
  addName(zone, name);
  const key = `${name} ${answer.type}`;
  zone.records.set(key, [...(zone.records.get(key) ?? []), answer]);
}

function addName(zone: Zone, name: string): void {
  const labels = name.split('.');
  labels.forEach((_, at) => zone.names.add(labels.slice(at).join('.')));
}

export function answerOf(name: string, ttl: number, type: RecordType, data: string): Answer {
  if (type === 'TXT') return { type, name, ttl, data: pieces(data) };
  if (type === 'MX') {
    const [preference = '0', exchange = '.'] = data.split(/\s+/);
    return { type, name, ttl, data: { preference: Number(preference), exchange } };
  }
  return { type: type as 'A', name, ttl, data };
}

function pieces(data: string): string[] {
  if (!data.startsWith('"')) return data.match(/[^]{1,255}/g) ?? [''];
  return [...data.matchAll(/"([^"]*)"/g)].map(([, piece = '']) => piece);
}
