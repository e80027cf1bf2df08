import { domainName } from '../../ingest/domain-name.ts';
import { checkDns } from '../check-dns.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import { openSettings } from '../store/open.ts';
import { type DomainCommand, print } from './open-domain.ts';
import { withReader } from './read-store.ts';
import { rename } from './rename.ts';

const MARKS = { blocks: '✗', warns: '!', tells: '·' };

/** `ruadmap dns DOMAIN`: asks DNS now, keeps the answer, and says what is wrong with the corrected record. */
export async function dnsCommand(command: DomainCommand, resolver: string): Promise<void> {
  const { files, nowSeconds } = command;
  const { domain, isValid } = domainName(command.domain);
  if (!isValid) {
    throw new CommandEnd(exitStatus.usage, `"${command.domain}" is no domain name.`);
  }
  const snapshot = await withReader(files, command.dataDir, async (reader, dataDir) => {
    const settings = openSettings({ dataDir });
    try {
      return await checkDns(domain, { reader, settings, resolver, nowSeconds });
    } finally {
      await settings.close();
    }
  });
  if (snapshot === null) {
    const message =
      'There is no name server to ask. Name one with --resolver, for instance --resolver 192.0.2.53';
    throw new CommandEnd(exitStatus.setUp, message);
  }
  await rename(command, domain);
  print(command.json, snapshot, () => dnsLines(snapshot));
}

function dnsLines({ domain, dmarc, spf, dkim, mx, findings }: DnsSnapshot): string[] {
  const lines = [
    `DMARC  ${dmarc.state}${dmarc.name === null ? '' : ` at ${dmarc.name}`}`,
    ...dmarc.texts.map((text) => `       ${text}`),
    `SPF    ${spf.state}${spf.lookups === null ? '' : `, ${spf.lookups} of 10 look-ups`}`,
    ...(spf.text === null ? [] : [`       ${spf.text}`]),
    `MX     ${mx.nullMx ? 'receives nothing' : mx.state}`,
    ...mx.hosts.map(({ preference, name }) => `       ${preference} ${name}`),
    ...dkim.map(
      ({ selector, state, keyType, keyBits }) =>
        `DKIM   ${selector}: ${state}${keyType === null ? '' : `, ${keyType} ${keyBits ?? ''}`}`,
    ),
  ];
  if (findings.length === 0) return [...lines, '', `Nothing is wrong with ${domain}.`];
  const told = findings.flatMap(({ severity, text, corrected }) => [
    `${MARKS[severity]} ${text}`,
    ...(corrected === null
      ? []
      : [`    publish: ${corrected.name} ${corrected.type} ${corrected.value}`]),
  ]);
  return [...lines, '', ...told];
}
