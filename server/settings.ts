import { type AfterChoice, decodeAfterChoice, faultOfChoice } from '../ingest/after-choice.ts';
import { bad, ok, type Result } from '../ingest/result.ts';
import { nameServers } from './dns/resolver-setting.ts';
import { decodeImapUrl } from './imap-url.ts';
import { decodeKeepDays, type KeepDays } from './keep-days.ts';
import type { MailboxAddress } from './store/store.ts';

/** Everything the program can be told from outside, decoded once. */
export interface Settings {
  dataDir: string;
  host: string;
  port: number;
  /** The mailbox of the environment; null where none is named. */
  mailbox: {
    address: MailboxAddress;
    password: string;
    caPem: string | null;
    after: AfterChoice;
  } | null;
  pollSeconds: number;
  keep: KeepDays;
  /** Where the key that seals stored passwords lies; null: DATA/secret.key. */
  keyFile: string | null;
  /** 'system', 'off' (DNS is never asked), or a name server as HOST:PORT. */
  resolver: string;
  logLevel: LogLevel;
}

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One setting as documented in README: its variable, its flag (secrets have none) and its default. */
export interface SettingName {
  variable: string;
  flag: string | null;
  defaultText: string;
}

export const settingNames = {
  dataDir: { variable: 'RUADMAP_DATA', flag: '--data', defaultText: './data' },
  port: { variable: 'RUADMAP_PORT', flag: '--port', defaultText: '7489' },
  host: { variable: 'RUADMAP_HOST', flag: '--host', defaultText: '127.0.0.1' },
  imapUrl: { variable: 'RUADMAP_IMAP_URL', flag: '--imap-url', defaultText: 'none' },
  imapPassword: { variable: 'RUADMAP_IMAP_PASSWORD', flag: null, defaultText: 'none' },
  imapPasswordFile: {
    variable: 'RUADMAP_IMAP_PASSWORD_FILE',
    flag: '--imap-password-file',
    defaultText: 'none',
  },
  imapCaFile: { variable: 'RUADMAP_IMAP_CA_FILE', flag: '--imap-ca-file', defaultText: 'none' },
  imapAfter: { variable: 'RUADMAP_IMAP_AFTER', flag: '--imap-after', defaultText: 'leave' },
  pollSeconds: { variable: 'RUADMAP_POLL_SECONDS', flag: '--poll-seconds', defaultText: '600' },
  keepXml: { variable: 'RUADMAP_KEEP_XML_DAYS', flag: '--keep-xml-days', defaultText: '730' },
  keepRefused: {
    variable: 'RUADMAP_KEEP_REFUSED_DAYS',
    flag: '--keep-refused-days',
    defaultText: '180',
  },
  keepLedger: {
    variable: 'RUADMAP_KEEP_LEDGER_DAYS',
    flag: '--keep-ledger-days',
    defaultText: '90',
  },
  keyFile: { variable: 'RUADMAP_KEY_FILE', flag: '--key-file', defaultText: 'DATA/secret.key' },
  resolver: { variable: 'RUADMAP_RESOLVER', flag: '--resolver', defaultText: 'system' },
  logLevel: { variable: 'RUADMAP_LOG_LEVEL', flag: '--log-level', defaultText: 'warn' },
} as const satisfies Record<string, SettingName>;

/** What is wrong with one setting, and what to do. */
export interface SettingProblem {
  variable: string;
  message: string;
}

export type SettingValues = Partial<Record<keyof typeof settingNames, string>>;

/** `readText` reads a file that a setting names; it throws as `fs.readFileSync` does. */
export function decodeSettings(
  values: SettingValues,
  readText: (path: string) => string,
): Result<Settings, SettingProblem[]> {
  const problems: SettingProblem[] = [];
  const take = <T>(result: Result<T, SettingProblem>, fallback: T): T => {
    if (result.ok) return result.value;
    problems.push(result.problem);
    return fallback;
  };
  const settings: Settings = {
    dataDir: values.dataDir ?? './data',
    host: take(decodeHost(values.host), '127.0.0.1'),
    port: take(decodeInteger('port', values.port, 7489, 0, 65_535), 7489),
    pollSeconds: take(decodeInteger('pollSeconds', values.pollSeconds, 600, 60, 86_400), 600),
    keep: {
      xml: take(decodeDays('keepXml', values.keepXml), null),
      refused: take(decodeDays('keepRefused', values.keepRefused), null),
      otherMail: take(decodeDays('keepLedger', values.keepLedger), null),
    },
    keyFile: values.keyFile ?? null,
    resolver: take(decodeResolver(values.resolver), 'system'),
    logLevel: take(decodeLogLevel(values.logLevel), 'warn'),
    mailbox: take(decodeMailbox(values, readText), null),
  };
  const tooLate = deletedTooLate(settings);
  if (tooLate !== null) problems.push(tooLate);
  return problems.length === 0 ? ok(settings) : bad(problems);
}

/** Mail is deleted only while its XML is kept: after that it would stay for ever. */
function deletedTooLate({ mailbox, keep }: Settings): SettingProblem | null {
  if (mailbox?.after.kind !== 'delete' || keep.xml === null || mailbox.after.days < keep.xml) {
    return null;
  }
  const days = `${mailbox.after.days} days`;
  const message =
    `Mail is deleted only while the XML of its report is kept, which is ${keep.xml} days: after ${days} ` +
    `it never would be. Delete it sooner, or keep the XML longer (${settingNames.keepXml.variable}).`;
  return { variable: settingNames.imapAfter.variable, message };
}

const wrong = (name: keyof typeof settingNames, message: string) =>
  bad({ variable: settingNames[name].variable, message });

function decodeHost(value = '127.0.0.1'): Result<string, SettingProblem> {
  if (['127.0.0.1', 'localhost', '::1'].includes(value)) return ok(value);
  return wrong(
    'host',
    `${value} could be reached by others, and this version has no passwords yet. ` +
      'Leave it at 127.0.0.1, and reach the page from elsewhere through an SSH tunnel: ' +
      'ssh -L 7489:127.0.0.1:7489 THIS-MACHINE',
  );
}

function decodeResolver(value = 'system'): Result<string, SettingProblem> {
  if (value === 'off' || nameServers(value) !== null) return ok(value);
  return wrong(
    'resolver',
    `"${value}" is no name server. Write an address with or without a port, as 192.0.2.53:53; ` +
      'or system, or off.',
  );
}

function decodeLogLevel(value = 'warn'): Result<LogLevel, SettingProblem> {
  const level = LOG_LEVELS.find((known) => known === value);
  return level === undefined
    ? wrong('logLevel', `"${value}" is none of ${LOG_LEVELS.join(', ')}.`)
    : ok(level);
}

function decodeInteger(
  name: keyof typeof settingNames,
  value: string | undefined,
  byDefault: number,
  minimum: number,
  maximum: number,
): Result<number, SettingProblem> {
  if (value === undefined) return ok(byDefault);
  const number = /^[0-9]{1,9}$/.test(value) ? Number(value) : NaN;
  if (number >= minimum && number <= maximum) return ok(number);
  return wrong(name, `"${value}" is not a whole number from ${minimum} to ${maximum}.`);
}

function decodeDays(
  name: keyof typeof settingNames & `keep${string}`,
  value: string = settingNames[name].defaultText,
): Result<number | null, SettingProblem> {
  const days = decodeKeepDays(value);
  return days.ok ? days : wrong(name, days.problem);
}

function decodeMailbox(
  values: SettingValues,
  readText: (path: string) => string,
): Result<Settings['mailbox'], SettingProblem> {
  if (values.imapUrl === undefined) return ok(null);
  const address = decodeImapUrl(values.imapUrl);
  if (!address.ok) return wrong('imapUrl', address.problem);
  const password = decodePassword(values, readText);
  if (!password.ok) return password;
  const after = decodeAfter(values.imapAfter, address.value.folder);
  if (!after.ok) return after;
  const mailbox = { address: address.value, password: password.value, after: after.value };
  if (values.imapCaFile === undefined) return ok({ ...mailbox, caPem: null });
  const caPem = readSetting('imapCaFile', values.imapCaFile, readText);
  if (!caPem.ok) return caPem;
  if (!caPem.value.includes('-----BEGIN CERTIFICATE-----')) {
    return wrong('imapCaFile', `${values.imapCaFile} holds no certificate in PEM form.`);
  }
  return ok({ ...mailbox, caPem: caPem.value });
}

function decodeAfter(text = 'leave', folder: string): Result<AfterChoice, SettingProblem> {
  const choice = decodeAfterChoice(text);
  const fault = choice.ok ? faultOfChoice(choice.value, folder) : choice.problem;
  return choice.ok && fault === null ? choice : wrong('imapAfter', fault ?? '');
}

function decodePassword(
  values: SettingValues,
  readText: (path: string) => string,
): Result<string, SettingProblem> {
  if (values.imapPassword !== undefined) return ok(values.imapPassword);
  if (values.imapPasswordFile === undefined) {
    return wrong(
      'imapPassword',
      'A mailbox is set, but no password: set RUADMAP_IMAP_PASSWORD_FILE to a file that holds it, ' +
        'or RUADMAP_IMAP_PASSWORD.',
    );
  }
  const text = readSetting('imapPasswordFile', values.imapPasswordFile, readText);
  if (!text.ok) return text;
  // Some editors begin every file with U+FEFF.
  const password = text.value.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  if (password === '') return wrong('imapPasswordFile', `${values.imapPasswordFile} is empty.`);
  if (/[\r\n]/.test(password)) {
    return wrong(
      'imapPasswordFile',
      `${values.imapPasswordFile} holds more than one line. It should hold the password alone.`,
    );
  }
  return ok(password);
}

function readSetting(
  name: keyof typeof settingNames,
  path: string,
  readText: (path: string) => string,
): Result<string, SettingProblem> {
  try {
    return ok(readText(path));
  } catch (error) {
    return wrong(name, `${path} cannot be read: ${(error as Error).message}`);
  }
}
