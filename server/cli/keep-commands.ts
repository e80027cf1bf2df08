import type { Command } from 'commander';
import type { ProgramFiles } from '../program-files.ts';
import type { KeepOptions } from './backup-command.ts';
import { JSON_OPTION } from './command-options.ts';
import { addSettings, EVERY_SETTING, readSettings, readWarnings } from './settings-options.ts';

export interface KeepSurroundings {
  files: ProgramFiles;
  nowSeconds: () => number;
  env: NodeJS.ProcessEnv;
}

/** The commands that keep a store safe: backup, restore, doctor and key rotate. */
export function addKeepCommands(program: Command, surroundings: KeepSurroundings): void {
  // A mailbox is none of their business, set up right or wrong.
  const context = (command: Command) => {
    const { RUADMAP_DATA, RUADMAP_KEY_FILE } = surroundings.env;
    const { dataDir, keyFile } = readSettings(command, { RUADMAP_DATA, RUADMAP_KEY_FILE });
    const { files, nowSeconds } = surroundings;
    return { files, nowSeconds, dataDir, keyFile };
  };
  addBackup(program, context);
  addRestore(program, context);
  addKey(program, context);
  addDoctor(program, surroundings);
}

type Context = (command: Command) => {
  files: ProgramFiles;
  nowSeconds: () => number;
  dataDir: string;
  keyFile: string | null;
};

function addBackup(program: Command, context: Context): void {
  addSettings(program.command('backup'), ['dataDir'])
    .description('copy the database into one checked file, while Ruadmap runs or not')
    .argument('<file>', 'the backup to make')
    .option('--force', 'overwrite it where it is there')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap backup /backups/ruadmap-2026-11-24.db')
    .action(async (file: string, options: KeepOptions, command: Command) => {
      const { backupCommand } = await import('./backup-command.ts');
      await backupCommand(context(command), file, options);
    });
}

function addRestore(program: Command, context: Context): void {
  addSettings(program.command('restore'), ['dataDir', 'keyFile'])
    .description('put a backup in the place of the database, after checking it')
    .argument('<file>', 'a file that `ruadmap backup` made')
    .option('--force', 'where there is a database: keep it beside, under a dated name')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap restore /backups/ruadmap-2026-11-24.db --force')
    .action(async (file: string, options: KeepOptions, command: Command) => {
      const { restoreCommand } = await import('./restore-command.ts');
      await restoreCommand(context(command), file, options);
    });
}

function addKey(program: Command, context: Context): void {
  const key = program.command('key').description('the key that seals stored mailbox passwords');
  addSettings(key.command('rotate'), ['dataDir', 'keyFile'])
    .description('make a new key, and seal every stored password with it')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap key rotate')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { keyRotateCommand } = await import('./key-command.ts');
      keyRotateCommand(context(command), json ?? false);
    });
}

function addDoctor(program: Command, { files, nowSeconds, env }: KeepSurroundings): void {
  addSettings(program.command('doctor'), EVERY_SETTING)
    .description('look at every setting and part, and say what to do (exit status 78 if anything)')
    .option('--connect', 'ask the mailboxes and the name server as well')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample:\n  ruadmap doctor --connect')
    .action(async (options: { connect?: boolean; json?: boolean }, command: Command) => {
      const { doctorCommand } = await import('./doctor-command.ts');
      const given = command.opts<{ data?: string; keyFile?: string }>();
      // What can be looked at even where another setting is wrong.
      const place = {
        dataDir: given.data ?? (env['RUADMAP_DATA'] || './data'),
        keyFile: given.keyFile ?? (env['RUADMAP_KEY_FILE'] || null),
      };
      const settings = () => readSettings(command, env);
      const warnings = readWarnings(command, env);
      const doctor = { files, nowSeconds, settings, warnings, place };
      process.exitCode = await doctorCommand(doctor, options);
    });
}
