import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Zone } from '../../dns/zone.ts';
import { addRecord, readZone } from '../../dns/zone.ts';

/** One suite of the published test cases; see test/fixtures/spf/README.md. */
export interface Suite {
  description: string;
  tests: SuiteCase[];
  zone: [name: string, type: string, data: string | string[] | [number, string] | null][];
}

export interface SuiteCase {
  name: string;
  spec: string;
  host: string;
  helo: string;
  mailfrom: string;
  result: string[];
}

const FILE = path.resolve(import.meta.dirname, '../../fixtures/spf/rfc7208-tests.json');

export function readSuites(): Suite[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Suite[];
}

/** The domain whose record is checked: that of the return path, of HELO where the path is null. */
export function domainOf({ mailfrom, helo }: SuiteCase): string {
  return mailfrom === '' ? helo : mailfrom.slice(mailfrom.lastIndexOf('@') + 1);
}

export function zoneOf(suite: Suite): Zone {
  const zone = readZone('');
  for (const row of suite.zone) addRow(zone, suite, row);
  return zone;
}

function addRow(zone: Zone, suite: Suite, [listed, type, data]: Suite['zone'][number]): void {
  const name = listed.toLowerCase();
  const hasText = suite.zone.some(([other, kind]) => other === listed && kind === 'TXT');
  if (type === 'TIMEOUT') silenceTheRest(zone, name);
  else if (data === 'NONE' || (type === 'SPF' && hasText)) return;
  else if (type === 'SPF' || type === 'TXT') addText(zone, name, [data].flat().map(String));
  else if (type === 'MX') addExchanger(zone, name, data as [number, string]);
  else addRecord(zone, { type: type as 'A', name, ttl: 60, data: String(data).replace(/\.$/, '') });
}

function addText(zone: Zone, name: string, pieces: string[]): void {
  const data = pieces.map((piece) => Buffer.from(piece, 'latin1'));
  addRecord(zone, { type: 'TXT', name, ttl: 60, data: data.flatMap(inPieces) });
}

/** A character-string of DNS holds 255 bytes. */
function inPieces(text: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(text.length / 255));
  return Array.from({ length: count }, (_, at) => text.subarray(at * 255, at * 255 + 255));
}

function addExchanger(zone: Zone, name: string, [preference, exchange]: [number, string]): void {
  const data = { preference, exchange: exchange === '' ? '.' : exchange };
  addRecord(zone, { type: 'MX', name, ttl: 60, data });
}

function silenceTheRest(zone: Zone, name: string): void {
  zone.names.add(name);
  for (const type of ['A', 'AAAA', 'MX', 'TXT', 'PTR'])
    if (!zone.records.has(`${name} ${type}`)) zone.faults.set(`${name} ${type}`, 'silent');
}
