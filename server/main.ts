#!/usr/bin/env node
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { day, JSON_OPTION } from './cli/command-options.ts';
import { addDomainCommands } from './cli/domain-commands.ts';
import { addKeepCommands } from './cli/keep-commands.ts';
import { addRepairCommands } from './cli/repair-commands.ts';
import { addSettings, EVERY_SETTING, readSettings, readWarnings } from './cli/settings-options.ts';
import { ignoreClosedOutput } from './closed-output.ts';
import { endOf } from './command-end.ts';
import { CommandEnd, exitStatus } from './exit-status.ts';
import { endOnFault } from './last-words.ts';
import { programFiles } from './program-files.ts';

/**
 * The program's first file: reads the command line and runs one command. Commands are loaded when
 * they are asked for, so that a short one does not wait for the parts of another.
 */
const files = programFiles(path.resolve(import.meta.dirname, '../..'));
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

endOnFault();
ignoreClosedOutput();

function buildProgram(): Command {
  const program = new Command('ruadmap')
    .description('Reads DMARC aggregate reports and shows who sends as your domain.')
    .version(files.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
    .showHelpAfterError('(see ruadmap --help)');

  addSettings(program.command('serve', { isDefault: true }), EVERY_SETTING)
    .description('page, API and poller (what happens without a command)')
    .addHelpText(
      'after',
      '\nExample:\n  ruadmap serve --imap-url imaps://postmaster@example.org@imap.example.org/INBOX --imap-password-file ./password',
    )
    .action(async (_options, command: Command) => {
      const { serveCommand } = await import('./cli/serve-command.ts');
      await serveCommand({
        files,
        settings: readSettings(command, process.env),
        warnings: readWarnings(command, process.env),
        demo: false,
        nowSeconds,
      });
    });

  addSettings(program.command('demo'), ['port', 'host', 'logLevel'])
    .description('the page on six generated months of mail, in a folder of its own')
    .option('--data <value>', 'folder for the demonstration', './demo-data')
    .addHelpText('after', '\nExample:\n  ruadmap demo --port 7490')
    .action(async (_options, command: Command) => {
      const { demoCommand } = await import('./cli/demo-command.ts');
      const settings = readSettings(command, { ...process.env, RUADMAP_IMAP_URL: '' });
      await demoCommand(files, settings, nowSeconds);
    });

  addSettings(program.command('import'), ['dataDir'])
    .description('import files, folders, Maildirs, mboxes, zips and tars')
    .argument('<path...>', 'what to import')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap import ~/Downloads/reports report.xml.gz --json')
    .action(async (paths: string[], options: { json?: boolean }, command: Command) => {
      const { importCommand } = await import('./cli/import-command.ts');
      await importCommand(jobContext(command, options), paths, nowSeconds);
    });

  addSettings(program.command('poll'), [
    'dataDir',
    'imapUrl',
    'imapPasswordFile',
    'imapCaFile',
    'imapAfter',
    'keyFile',
    'logLevel',
  ])
    .description('look once at every mailbox')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\nExample:\n  RUADMAP_IMAP_URL=imaps://me@example.org@imap.example.org/INBOX RUADMAP_IMAP_PASSWORD_FILE=./password ruadmap poll',
    )
    .action(async (options: { json?: boolean }, command: Command) => {
      const { pollCommand } = await import('./cli/poll-command.ts');
      const settings = readSettings(command, process.env);
      await pollCommand(jobContext(command, options), settings, nowSeconds);
    });

  addSettings(program.command('totals'), ['dataDir'])
    .description('sums of messages over all counted reports')
    .option('--domain <domain>', 'only this policy domain')
    .option('--from <day>', 'from this UTC day on', day)
    .option('--to <day>', 'up to and with this UTC day', day)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\nExample:\n  ruadmap totals --domain example.org --from 2026-10-01 --json',
    )
    .action(
      async (
        options: { domain?: string; from?: string; to?: string; json?: boolean },
        command: Command,
      ) => {
        const { totalsCommand } = await import('./cli/totals-command.ts');
        const { dataDir } = readSettings(command, dataOnly());
        const filter = {
          domain: options.domain ?? null,
          from: options.from ?? null,
          to: options.to ?? null,
        };
        await totalsCommand(files, dataDir, filter, options.json ?? false);
      },
    );
  const surroundings = { files, nowSeconds, env: process.env };
  addDomainCommands(program, surroundings);
  addKeepCommands(program, surroundings);
  addRepairCommands(program, surroundings);
  return program;
}

/** Commands without a mailbox do not ask whether one is set up right. */
const dataOnly = (): NodeJS.ProcessEnv => ({ RUADMAP_DATA: process.env['RUADMAP_DATA'] });

const jobContext = (command: Command, options: { json?: boolean }) => ({
  files,
  dataDir: readSettings(command, dataOnly()).dataDir,
  json: options.json ?? false,
});

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = ended(endOf(error));
}

function ended(error: unknown): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? exitStatus.ok : exitStatus.usage;
  if (error instanceof CommandEnd) {
    process.stderr.write(`ruadmap: ${error.message}\n`);
    return error.status;
  }
  process.stderr.write(
    `ruadmap: a fault in the program: ${(error as Error).stack ?? String(error)}\n`,
  );
  return exitStatus.internal;
}
