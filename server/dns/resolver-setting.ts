import { getServers } from 'node:dns';
import { isIP } from 'node:net';

export interface NameServer {
  address: string;
  port: number;
}

const DNS_PORT = 53;
/** Servers of the system that are used, as other resolvers do. */
const MOST_SERVERS = 3;

/**
 * Servers of the setting: 'system', or an address with or without a port ('192.0.2.1', '[2001:db8::1]:53').
 * null where the text is neither: a host name cannot be looked up before there is a resolver.
 */
export function nameServers(setting: string): NameServer[] | null {
  if (setting === 'system')
    return getServers()
      .slice(0, MOST_SERVERS)
      .flatMap((text) => nameServer(text) ?? []);
  const server = nameServer(setting);
  return server && [server];
}

function nameServer(text: string): NameServer | null {
  if (isIP(text)) return { address: text, port: DNS_PORT };
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text);
  const address = match?.[1] ?? match?.[2] ?? '';
  const port = Number(match?.[3] ?? DNS_PORT);
  return isIP(address) && port > 0 && port < 65_536 ? { address, port } : null;
}
