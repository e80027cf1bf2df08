import { type Command, InvalidArgumentError } from 'commander';
import type { KeepSurroundings } from './keep-commands.ts';
import { dayNumber, JSON_OPTION } from './command-options.ts';
import { addSettings, readSettings } from './settings-options.ts';

/** The commands that read again what was kept, or take it away: verify, reparse, retry and forget. */
export function addRepairCommands(program: Command, surroundings: KeepSurroundings): void {
  const context = (command: Command, { json = false }: { json?: boolean }) => {
    const { RUADMAP_DATA } = surroundings.env;
    const { dataDir } = readSettings(command, { RUADMAP_DATA });
    const { files, nowSeconds } = surroundings;
    return { files, nowSeconds, dataDir, json };
  };

  addSettings(program.command('verify'), ['dataDir'])
    .description(
      'read every report again from its kept bytes and make every sum again (exit status 65 where anything differs)',
    )
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap verify --json')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { verifyCommand } = await import('./verify-command.ts');
      process.exitCode = await verifyCommand(context(command, options));
    });

  addSettings(program.command('reparse'), ['dataDir'])
    .description('put what the kept bytes say today in the place of what was stored')
    .option('--report <id>', 'only this one, by the number in its address', rowId)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap reparse --report 17')
    .action(async (options: { report?: number; json?: boolean }, command: Command) => {
      const { reparseCommand } = await import('./reparse-command.ts');
      await reparseCommand(context(command, options), options.report ?? null);
    });

  addSettings(program.command('retry'), ['dataDir'])
    .description('give mail that could not be read another chance')
    .argument('[message...]', 'only these messages, by the numbers that --json prints', rowIds)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap retry')
    .action(
      async (messageIds: number[] | undefined, options: { json?: boolean }, command: Command) => {
        const { retryCommand } = await import('./retry-command.ts');
        const wanted = messageIds === undefined || messageIds.length === 0 ? null : messageIds;
        await retryCommand(context(command, options), wanted);
      },
    );

  addSettings(program.command('forget'), ['dataDir'])
    .description('remove the records of old reports, after saying which (nothing else ever does)')
    .requiredOption('--before <day>', 'of reports that end before this UTC day', dayNumber)
    .option('--domain <domain>', 'only of this policy domain')
    .option('--yes', 'remove them; without it, only say what would be removed')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap forget --before 2024-01-01 --domain example.org')
    .action(async (options: ForgetFlags, command: Command) => {
      const { forgetCommand } = await import('./forget-command.ts');
      const { before, domain = null, yes = false } = options;
      await forgetCommand(context(command, options), { before, domain, yes });
    });
}

interface ForgetFlags {
  before: number;
  domain?: string;
  yes?: boolean;
  json?: boolean;
}

function rowId(text: string): number {
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw new InvalidArgumentError('It must be a number.');
  return Number(text);
}

const rowIds = (text: string, before: number[] | undefined): number[] => [
  ...(before ?? []),
  rowId(text),
];
