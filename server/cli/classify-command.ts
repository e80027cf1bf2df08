import { domainName } from '../../ingest/domain-name.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import type { MailClass } from '../store/domain-mail.ts';
import { openSettings } from '../store/open.ts';
import { aboutDomain, type DomainCommand, print } from './open-domain.ts';
import { noReportsOf } from './what-if-command.ts';
import { withReader } from './read-store.ts';

const CLASSES: readonly MailClass[] = ['own', 'forwarder', 'unauthorised', 'unknown'];
/** Takes the user's word back. */
const RULES = 'rules';

/** `ruadmap classify DOMAIN SOURCE CLASS`: the user's word, which stands over every rule. */
export async function classifyCommand(
  command: DomainCommand,
  sourceId: string,
  word: string,
): Promise<void> {
  const said = CLASSES.find((known) => known === word) ?? null;
  if (said === null && word !== RULES) {
    const known = [...CLASSES, RULES].join(', ');
    throw new CommandEnd(exitStatus.usage, `"${word}" is no class. Say one of ${known}.`);
  }
  const range = { from: null, to: null };
  const list = await aboutDomain(command, (insight, domain) => insight.sources(domain, range));
  if (list === null) throw noReportsOf(command.domain);
  const ids = list.sources.map(({ source }) => source.id);
  const networks = list.sources.map(({ source }) => source.network.id);
  if (![...ids, ...networks].includes(sourceId)) {
    const message = `${command.domain} has no source "${sourceId}". Its sources: ${ids.join(', ')}`;
    throw new CommandEnd(exitStatus.usage, message);
  }
  const domain = domainName(command.domain).domain;
  await withReader(command.files, command.dataDir, async (_reader, dataDir) => {
    const settings = openSettings({ dataDir });
    const now = command.nowSeconds();
    const day = Math.floor(now / 86_400);
    const by = 'command line';
    await settings.classify(domain, { sourceId, class: said, day, by, note: null }, now);
    await settings.close();
  });
  const answer = { domain, source: sourceId, class: said };
  print(command.json, answer, () => [
    said === null ? `The rules decide about ${sourceId} again.` : `${sourceId} is ${said} now.`,
  ]);
}
