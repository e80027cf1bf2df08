import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket as TcpSocket } from 'node:net';
import { decode, encode } from 'dns-packet';
import type { Answer, DecodedPacket, Question } from 'dns-packet';
import { lookUp } from './answers.ts';
import type { Fault, Zone } from './zone.ts';

export interface NameServer {
  /** HOST:PORT. */
  at: string;
  /** Every question in its order: 'TXT _dmarc.example.com', over TCP with 'tcp ' before it. */
  asked: string[];
  stop(): Promise<void>;
}

const UDP_MOST = 512;
const OTHER_QUESTION: Question = { type: 'TXT', name: 'other.example', class: 'IN' };
const CODES = { formerr: 1, servfail: 2, nxdomain: 3, refused: 5 } as const;

/** Serves the zone on 127.0.0.1, UDP and TCP on one port. */
export async function startNameServer(zone: Zone): Promise<NameServer> {
  const asked: string[] = [];
  const { udp, tcp, port } = await bindBoth();
  const open = new Set<TcpSocket>();
  udp.on('message', (bytes, from) => answerUdp(udp, zone, asked, bytes, from));
  tcp.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (bytes) => answerTcp(socket, zone, asked, bytes));
  });
  const stop = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => tcp.close(() => resolve()));
    await new Promise<void>((resolve) => udp.close(resolve));
  };
  return { at: `127.0.0.1:${port}`, asked, stop };
}

async function bindBoth(): Promise<{ udp: Socket; tcp: Server; port: number }> {
  for (let tries = 0; tries < 20; tries++) {
    const tcp = createServer();
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4');
    const isBound = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false));
      udp.bind(port, '127.0.0.1', () => resolve(true));
    });
    if (isBound) return { udp, tcp, port };
    tcp.close();
  }
  throw new Error('no port is free for both UDP and TCP');
}

function answerUdp(
  udp: Socket,
  zone: Zone,
  asked: string[],
  bytes: Buffer,
  from: RemoteInfo,
): void {
  const query = decode(bytes);
  const question = questionOf(query);
  asked.push(`${question.type} ${question.name}`);
  const fault = faultOf(zone, question);
  if (fault === 'wrong-port') {
    sendFromElsewhere(response(zone, query, fault), from);
    return;
  }
  for (const message of udpMessages(zone, query, fault)) udp.send(message, from.port, from.address);
}

function udpMessages(zone: Zone, query: DecodedPacket, fault: Fault | undefined): Buffer[] {
  const answer = response(zone, query, fault);
  const id = query.id ?? 0;
  const forged = (count: number): Buffer[] =>
    Array.from({ length: count }, (_, at) => withId(answer, id + at + 1));
  switch (fault) {
    case 'silent':
      return [];
    case 'garbage':
      return [Buffer.concat([answer.subarray(0, 12), Buffer.from('c0ffee'.repeat(9), 'hex')])];
    case 'cut-off':
      return [answer.subarray(0, answer.length - 7)];
    case 'bomb':
      return [Buffer.concat([answer.subarray(0, 6), Buffer.alloc(6, 0xff), answer.subarray(12)])];
    case 'wrong-id':
      return forged(1);
    case 'wrong-question':
      return [response(zone, { ...query, questions: [OTHER_QUESTION] }, undefined)];
    case 'forged-first':
      return [...forged(20), answer];
    case 'flood':
      return forged(400);
    case 'truncated':
    case 'slow-tcp':
    case 'tcp-closed':
      return [truncated(query)];
    case 'truncated-garbage':
      return [Buffer.concat([truncated(query).subarray(0, 12), Buffer.from('ffff', 'hex')])];
    default:
      return [answer.length > limitOf(query) ? truncated(query) : answer];
  }
}

function limitOf({ additionals = [] }: DecodedPacket): number {
  const opt = additionals.find((each) => each.type === 'OPT');
  return opt?.type === 'OPT' ? opt.udpPayloadSize : UDP_MOST;
}

function answerTcp(socket: TcpSocket, zone: Zone, asked: string[], bytes: Buffer): void {
  const query = decode(bytes.subarray(2));
  const question = questionOf(query);
  asked.push(`tcp ${question.type} ${question.name}`);
  const fault = faultOf(zone, question);
  if (fault === 'tcp-closed') {
    socket.destroy();
    return;
  }
  const answer = response(zone, query, fault);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(answer.length);
  const message = Buffer.concat([length, answer]);
  if (fault !== 'slow-tcp') {
    socket.end(message);
    return;
  }
  let sent = 0;
  const timer = setInterval(() => socket.write(message.subarray(sent, ++sent)), 40);
  socket.on('close', () => clearInterval(timer));
}

function questionOf({ questions = [] }: DecodedPacket): Question {
  const [question] = questions;
  if (!question) throw new Error('no question');
  return question;
}

function faultOf({ faults }: Zone, { name, type }: Question): Fault | undefined {
  const above = `*${name.slice(name.indexOf('.'))}`;
  return faults.get(`${name} ${type}`) ?? faults.get(name) ?? faults.get(above);
}

function response(zone: Zone, query: DecodedPacket, fault: Fault | undefined): Buffer {
  const question = questionOf(query);
  const hasEdns = (query.additionals ?? []).some(({ type }) => type === 'OPT');
  const isRefusal = fault === 'servfail' || fault === 'refused' || fault === 'formerr';
  const code = isRefusal ? CODES[fault] : fault === 'no-edns' && hasEdns ? CODES.formerr : null;
  const { answers, exists } =
    code === null ? lookUp(zone, question, fault) : { answers: [], exists: true };
  const soa: Answer = {
    type: 'SOA',
    name: 'example',
    ttl: 600,
    data: {
      mname: 'ns.example',
      rname: 'host.example',
      serial: 1,
      refresh: 1,
      retry: 1,
      expire: 1,
      minimum: 120,
    },
  };
  return encode({
    type: 'response',
    id: query.id,
    flags: (code ?? (exists ? 0 : CODES.nxdomain)) | 0x0180,
    questions: [question],
    answers,
    authorities: answers.length === 0 && code === null ? [soa] : [],
  });
}

function truncated(query: DecodedPacket): Buffer {
  return encode({
    type: 'response',
    id: query.id,
    flags: 0x0380,
    questions: query.questions ?? [],
  });
}

function withId(message: Buffer, id: number): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(id & 0xffff);
  return copy;
}

function sendFromElsewhere(message: Buffer, { port, address }: RemoteInfo): void {
  const other = createSocket('udp4');
  other.send(message, port, address, () => other.close());
}
