import type { Candidate } from '../analysis/what-if-types.ts';
import { whatIfJson } from '../api/what-if-json.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import type { VerdictOptions } from '../insight/insight.ts';
import { aboutDomain, type DomainCommand, print, table } from './open-domain.ts';

/** `ruadmap whatif DOMAIN`: what another policy would have done to the mail that has arrived. */
export async function whatIfCommand(
  command: DomainCommand,
  candidate: Partial<Candidate>,
  options: VerdictOptions,
): Promise<void> {
  const found = await aboutDomain(command, (insight, domain) =>
    insight.whatIf(domain, candidate, options),
  );
  if (found === null) throw noReportsOf(command.domain);
  const answer = whatIfJson(found);
  print(command.json, answer, () => [
    answer.sentence,
    '',
    ...table([
      ['source', 'class', 'messages', 'failing', 'quarantined', 'rejected'],
      ...answer.sources.map(({ name, class: is, messages, failing, quarantined, rejected }) => [
        ...[name, is, messages, failing, quarantined, rejected],
      ]),
    ]),
    ...answer.notes.flatMap((note) => ['', note]),
  ]);
}

export const noReportsOf = (domain: string): CommandEnd =>
  new CommandEnd(
    exitStatus.setUp,
    `No report tells of ${domain}. Import or poll some first, or look at the spelling.`,
  );
