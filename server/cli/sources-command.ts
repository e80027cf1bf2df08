import type { SourceSums, VerdictOptions } from '../insight/insight.ts';
import { aboutDomain, type DomainCommand, percent, print, table } from './open-domain.ts';
import { shellWord } from './printable.ts';
import { noReportsOf } from './what-if-command.ts';

/** `ruadmap sources DOMAIN`: who sends as the domain, over 30 days, with class and evidence. */
export async function sourcesCommand(
  command: DomainCommand,
  options: VerdictOptions,
): Promise<void> {
  const list = await aboutDomain(command, (insight, domain) => insight.sourcesAt(domain, options));
  if (list === null) throw noReportsOf(command.domain);
  print(command.json, list.sources.map(sourceAnswer), () => [
    ...table([
      ['source', 'id', 'class', 'messages', 'aligned', 'DKIM', 'SPF'],
      ...list.sources.map(({ source, classShown, tally }) => [
        ...[source.name, source.id, classShown, tally.messages],
        ...[tally.dmarcAligned, tally.dkimAligned, tally.spfAligned].map((aligned) =>
          percent(aligned, tally.messages),
        ),
      ]),
    ]),
    ...list.questions.flatMap(({ text, sourceId }) => [
      '',
      text,
      `  ruadmap classify ${shellWord(command.domain)} ${shellWord(sourceId)} own|forwarder|unauthorised`,
    ]),
  ]);
}

const sourceAnswer = ({ source, tally, addresses }: SourceSums) => ({
  id: source.id,
  name: source.name,
  class: source.class,
  evidence: source.evidence.map(({ text }) => text),
  messages: tally.messages,
  dmarcAligned: tally.dmarcAligned,
  dkimAligned: tally.dkimAligned,
  spfAligned: tally.spfAligned,
  addresses,
});
