import { decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { Answer, DecodedPacket } from 'dns-packet';
import { parseIpAddress } from '../../ingest/ip-address.ts';
import type { RecordData, RecordType } from './look-up.ts';
import { isWhole } from './message-bounds.ts';

export interface Query {
  id: number;
  name: string;
  type: RecordType;
  /** Tells the server that more than 512 bytes fit (RFC 6891). */
  hasEdns: boolean;
}

export interface AnswerRecord {
  name: string;
  ttlSeconds: number;
  /** Another name, of a CNAME; else the data of the type asked for. */
  alias: string | null;
  data: RecordData[RecordType] | null;
}

export interface Response {
  code: ResponseCode;
  records: AnswerRecord[];
  /** TTL of a negative answer (RFC 2308 §5); null without a SOA. */
  negativeTtlSeconds: number | null;
}

export type ResponseCode = 'noerror' | 'nxdomain' | 'servfail' | 'refused' | 'no-edns' | 'other';

const CODES: readonly ResponseCode[] = [
  'noerror',
  'no-edns',
  'servfail',
  'nxdomain',
  'no-edns',
  'refused',
];

/** Bytes of a UDP answer that no network on the way breaks up (RFC 9715). */
export const UDP_BYTES = 1232;
/** Records of one answer, all sections; more is an attack. */
const MOST_RECORDS = 2000;
/** RFC 2181 §8: greater values count as zero. */
const GREATEST_TTL = 2 ** 31 - 1;

export function encodeQuery({ id, name, type, hasEdns }: Query): Buffer {
  return encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ name, type, class: 'IN' }],
    additionals: hasEdns ? [edns()] : [],
  });
}

function edns(): Answer {
  const fields = { udpPayloadSize: UDP_BYTES, extendedRcode: 0, ednsVersion: 0, flags: 0 };
  return { type: 'OPT', name: '.', ...fields, flag_do: false, options: [] };
}

/**
 * Reads what came back. `foreign`: not the answer to this question (another id, another question, a
 * query), which anybody could have sent: to be ignored. `malformed`: ours, and unreadable.
 */
export function decodeResponse(bytes: Buffer, query: Query): Response | 'foreign' | 'malformed' {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== query.id) return 'foreign';
  const counts = [4, 6, 8, 10].reduce((sum, at) => sum + bytes.readUInt16BE(at), 0);
  if (counts > MOST_RECORDS || !isWhole(bytes)) return 'malformed';
  let packet: DecodedPacket;
  try {
    packet = decode(bytes);
  } catch {
    return 'malformed';
  }
  const code = CODES[bytes.readUInt16BE(2) & 0xf] ?? 'other';
  return isAnswerTo(packet, query, code) ? responseOf(packet, query.type, code) : 'foreign';
}

function isAnswerTo(packet: DecodedPacket, query: Query, code: ResponseCode): boolean {
  if (packet.type !== 'response') return false;
  const questions = packet.questions ?? [];
  const [question] = questions;
  // A server that cannot read the question may leave it out when it says so.
  if (!question) return code === 'no-edns';
  return (
    questions.length === 1 &&
    question.type === query.type &&
    question.class === 'IN' &&
    lower(question.name) === query.name
  );
}

function responseOf(packet: DecodedPacket, type: RecordType, code: ResponseCode): Response {
  return {
    code,
    records: (packet.answers ?? []).flatMap((answer) => answerRecord(answer, type)),
    negativeTtlSeconds: negativeTtl(packet.authorities ?? []),
  };
}

function answerRecord(answer: Answer, type: RecordType): AnswerRecord[] {
  if (answer.type === 'OPT' || (answer.type !== type && answer.type !== 'CNAME')) return [];
  const alias = answer.type === 'CNAME' ? lower(answer.data) : null;
  const data = alias === null ? dataOf(answer) : null;
  if (alias === null && data === null) return [];
  const record = { name: lower(answer.name), ttlSeconds: ttlOf(answer.ttl), alias, data };
  return [record];
}

function dataOf(answer: Answer): RecordData[RecordType] | null {
  switch (answer.type) {
    case 'A':
    case 'AAAA':
      return parseIpAddress(answer.data);
    case 'PTR':
      return lower(answer.data);
    case 'MX':
      return { preference: answer.data.preference ?? 0, exchange: lower(answer.data.exchange) };
    case 'TXT':
      return [answer.data].flat().map(String).join('');
    default:
      return null;
  }
}

function negativeTtl(authorities: readonly Answer[]): number | null {
  const soa = authorities.find((answer) => answer.type === 'SOA');
  return soa ? Math.min(ttlOf(soa.ttl), ttlOf(soa.data.minimum)) : null;
}

function ttlOf(ttl: number | undefined): number {
  return ttl === undefined || ttl > GREATEST_TTL ? 0 : ttl;
}

const lower = (name: string): string =>
  name === '.' ? name : name.toLowerCase().replace(/\.$/, '');
