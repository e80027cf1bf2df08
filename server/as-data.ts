import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';

import { ipv4Number, ipv6Groups } from './analysis/address-block.ts';
import type { AsLookup, AutonomousSystem } from './analysis/as-name.ts';

/*
 * Layout of as-data.bin, written by scripts/pack-as-data.mjs. All numbers are little-endian words of
 * 32 bits, so that columns can be read in place:
 *
 *   header      magic, format, IPv4 entries, IPv6 entries, systems, bytes of names; then the version
 *               of the source data as UTF-8, padded with zeros to 64 bytes
 *   IPv4        start[], system[]
 *   IPv6        startHigh[], startLow[] (the top 64 bits), system[]
 *   systems     asn[], nameEnd[] (offset into names), names
 *
 * An entry holds from its start to the next one's; system 0 means "no network is known".
 */
const MAGIC = 0x41_41_55_52;
const FORMAT = 1;
const HEADER_BYTES = 64;

interface AsData {
  ipv4Start: Uint32Array;
  ipv4System: Uint32Array;
  ipv6High: Uint32Array;
  ipv6Low: Uint32Array;
  ipv6System: Uint32Array;
  asn: Uint32Array;
  nameEnd: Uint32Array;
  names: Buffer;
}

const nothingKnown: AsLookup = () => null;

/**
 * Opens the packed AS data and answers which network an address is in. Without the file, or with one
 * of another format, nothing is known: every answer is null, and sources are named by address block.
 */
export function openAsData(path: string): AsLookup {
  const file = readWhole(path);
  const data = file === null ? null : mapColumns(file);
  if (data === null) return nothingKnown;
  return (sourceIp) => {
    const number = ipv4Number(sourceIp);
    if (number !== null) return systemAt(data, ipv4SystemOf(data, number));
    const groups = ipv6Groups(sourceIp);
    return groups === null ? null : systemAt(data, ipv6SystemOf(data, groups));
  };
}

function readWhole(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function mapColumns(file: Buffer): AsData | null {
  if (endianness() !== 'LE' || file.length < HEADER_BYTES) return null;
  if (file.readUInt32LE(0) !== MAGIC || file.readUInt32LE(4) !== FORMAT) return null;
  const [ipv4Entries, ipv6Entries, systems] = [8, 12, 16].map((at) => file.readUInt32LE(at));
  const nameBytes = file.readUInt32LE(20);
  const lengths = [ipv4Entries, ipv4Entries, ipv6Entries, ipv6Entries, ipv6Entries];
  const wordCount = [...lengths, systems, systems].reduce<number>((sum, n) => sum + (n ?? 0), 0);
  if (file.length !== HEADER_BYTES + 4 * wordCount + nameBytes) return null;
  let offset = HEADER_BYTES;
  const column = (length = 0) => {
    const words = new Uint32Array(file.buffer, file.byteOffset + offset, length);
    offset += words.byteLength;
    return words;
  };
  return {
    ipv4Start: column(ipv4Entries),
    ipv4System: column(ipv4Entries),
    ipv6High: column(ipv6Entries),
    ipv6Low: column(ipv6Entries),
    ipv6System: column(ipv6Entries),
    asn: column(systems),
    nameEnd: column(systems),
    names: file.subarray(offset),
  };
}

function ipv4SystemOf({ ipv4Start, ipv4System }: AsData, number: number): number {
  const after = firstWhere(ipv4Start.length, (i) => (ipv4Start[i] ?? 0) > number);
  return ipv4System[after - 1] ?? 0;
}

function ipv6SystemOf({ ipv6High, ipv6Low, ipv6System }: AsData, groups: number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = groups;
  const high = a * 65_536 + b;
  const low = c * 65_536 + d;
  const after = firstWhere(ipv6High.length, (i) => {
    const startHigh = ipv6High[i] ?? 0;
    return startHigh > high || (startHigh === high && (ipv6Low[i] ?? 0) > low);
  });
  return ipv6System[after - 1] ?? 0;
}

/** The first index for which `test` holds, by halving; `length` where it never does. */
function firstWhere(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function systemAt({ asn, nameEnd, names }: AsData, system: number): AutonomousSystem | null {
  const number = asn[system];
  if (system === 0 || number === undefined) return null;
  return { asn: number, name: names.toString('utf8', nameEnd[system - 1], nameEnd[system]) };
}
