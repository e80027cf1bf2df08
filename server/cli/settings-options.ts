import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import { settingWarnings } from '../setting-warnings.ts';
import { decodeSettings, settingNames, type Settings, type SettingValues } from '../settings.ts';

type SettingKey = keyof typeof settingNames;

const DESCRIPTIONS: Record<SettingKey, string> = {
  dataDir: 'folder for the database and keys',
  port: 'port of the page',
  host: 'address the page listens on',
  imapUrl: 'mailbox that receives the reports, as imaps://user@host:993/INBOX',
  imapPassword: 'its password',
  imapPasswordFile: 'file that holds its password',
  imapCaFile: 'certificate authority to trust for it, in PEM form',
  imapAfter: 'its stored reports: leave, mark, move:FOLDER, move-create:FOLDER or delete:DAYS',
  pollSeconds: 'seconds between two looks at the mailbox',
  keepXml: 'days for which the XML of reports is kept, or forever',
  keepRefused: 'days for which XML that could not be read is kept, or forever',
  keepLedger: 'days for which the ledger lists mail that was no report, or forever',
  keyFile: 'key that seals stored passwords',
  resolver: 'name server to ask, system, or off',
  logLevel: 'how much is told on standard error, as lines of JSON',
};

/** For commands that stand for the whole program. */
export const EVERY_SETTING = Object.keys(settingNames) as readonly SettingKey[];

/** Gives a command a flag for each of these settings that may stand on a command line. */
export function addSettings(command: Command, keys: readonly SettingKey[]): Command {
  for (const key of keys) {
    const { flag, variable, defaultText } = settingNames[key];
    if (flag === null) continue;
    const text = `${DESCRIPTIONS[key]} (${variable}; default ${defaultText})`;
    command.option(`${flag} <value>`, text);
  }
  return command;
}

/** Settings from flags and, where a flag is not given, the environment; each problem in words. */
export function readSettings(command: Command, env: NodeJS.ProcessEnv): Settings {
  const settings = decodeSettings(valuesOf(command, env), (file) => readFileSync(file, 'utf8'));
  if (settings.ok) return settings.value;
  const lines = settings.problem.map(({ variable, message }) => `${variable}: ${message}`);
  throw new CommandEnd(exitStatus.setUp, lines.join('\n'));
}

/** What in them is hardly meant, in words. */
export const readWarnings = (command: Command, env: NodeJS.ProcessEnv): string[] =>
  settingWarnings(
    valuesOf(command, env),
    Object.keys(env),
    (file) => statSync(file, { throwIfNoEntry: false })?.mode ?? null,
  );

function valuesOf(command: Command, env: NodeJS.ProcessEnv): SettingValues {
  const flags = command.optsWithGlobals<Record<string, string | undefined>>();
  const values: SettingValues = {};
  for (const key of EVERY_SETTING) {
    const { flag, variable } = settingNames[key];
    const value = (flag === null ? undefined : flags[optionName(flag)]) ?? env[variable];
    if (value !== undefined && value !== '') values[key] = value;
  }
  return values;
}

const optionName = (flag: string): string =>
  flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
