import { randomInt } from 'node:crypto';
import type { FailReason, RecordType } from './look-up.ts';
import { decodeResponse, encodeQuery } from './message.ts';
import type { Query, Response } from './message.ts';
import type { NameServer } from './resolver-setting.ts';
import { askOverTcp } from './tcp.ts';
import { askOverUdp } from './udp.ts';

export interface ExchangeSettings {
  servers: readonly NameServer[];
  /** Of one try. */
  timeoutMs: number;
  /** All servers together. */
  tries: number;
  signal: AbortSignal;
}

/** Asks one server after the other until one gives an answer; an error of one is not yet the answer. */
export async function exchange(
  name: string,
  type: RecordType,
  settings: ExchangeSettings,
): Promise<Response | FailReason> {
  let failure: FailReason = 'unreachable';
  for (let tried = 0; tried < settings.tries; tried++) {
    const server = settings.servers[tried % settings.servers.length];
    if (!server) return failure;
    const answer = await askServer(server, name, type, settings);
    if (typeof answer !== 'string' || answer === 'aborted') return answer;
    failure = answer;
  }
  return failure;
}

async function askServer(
  server: NameServer,
  name: string,
  type: RecordType,
  settings: ExchangeSettings,
): Promise<Response | FailReason> {
  const answer = await askOnce(server, { id: newId(), name, type, hasEdns: true }, settings);
  if (typeof answer === 'string') return answer;
  if (answer.code !== 'no-edns') return judged(answer);
  // Some old servers know no EDNS, and say so like this (RFC 6891 §7).
  const plain = await askOnce(server, { id: newId(), name, type, hasEdns: false }, settings);
  return typeof plain === 'string' ? plain : judged(plain);
}

async function askOnce(
  server: NameServer,
  query: Query,
  { timeoutMs, signal }: ExchangeSettings,
): Promise<Response | FailReason> {
  const read = (bytes: Buffer): Response | 'foreign' | 'malformed' => decodeResponse(bytes, query);
  const timing = { timeoutMs, signal };
  const answer = await askOverUdp(server, encodeQuery(query), readOverUdp(query), timing);
  if (answer !== 'truncated') return answer;
  return askOverTcp(server, encodeQuery({ ...query, hasEdns: false }), read, timing);
}

/** A truncated answer may end in the middle of a record: it is not read further than its header. */
function readOverUdp(query: Query) {
  return (bytes: Buffer): Response | 'foreign' | 'malformed' | 'truncated' => {
    const isOurs = bytes.length >= 12 && bytes.readUInt16BE(0) === query.id;
    const isTruncated = isOurs && (bytes.readUInt16BE(2) & 0x8200) === 0x8200;
    return isTruncated ? 'truncated' : decodeResponse(bytes, query);
  };
}

function judged(response: Response): Response | FailReason {
  const { code } = response;
  if (code === 'noerror' || code === 'nxdomain') return response;
  return code === 'servfail' || code === 'refused' ? code : 'malformed';
}

const newId = (): number => randomInt(0, 65_536);
