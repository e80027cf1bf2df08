import path from 'node:path';
import { defaultLimits } from '../../ingest/limits.ts';
import { lookAtMailbox, lookAtResolver } from '../doctor/connections.ts';
import { type Finding, fine, wrong } from '../doctor/finding.ts';
import { lookAtAfter } from '../doctor/after.ts';
import {
  lookAtDatabase,
  lookAtDataDir,
  lookAtKey,
  NOTHING_READ,
  readPlace,
} from '../doctor/place.ts';
import { lookAtClock, lookAtNode, lookAtPort, lookAtProgram } from '../doctor/surroundings.ts';
import { lookAtUpkeep } from '../doctor/upkeep.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import type { EnvironmentMailbox } from '../mailbox-access.ts';
import type { ProgramFiles } from '../program-files.ts';
import { keyPath, readKey, unseal } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import type { StoredMailbox } from '../store/store.ts';
import { print } from './open-domain.ts';

interface DoctorContext {
  files: ProgramFiles;
  nowSeconds: () => number;
  /** @throws CommandEnd where a setting is wrong */
  settings: () => Settings;
  /** What in them is hardly meant. */
  warnings: readonly string[];
  place: { dataDir: string; keyFile: string | null };
}

/**
 * `ruadmap doctor`: each setting and each part, with what to do. Changes nothing; asks others only
 * with `connect`. @returns the exit status: 0, or 78 where something must be done
 */
export async function doctorCommand(
  context: DoctorContext,
  { connect = false, json = false }: { connect?: boolean; json?: boolean },
): Promise<number> {
  const { files, nowSeconds } = context;
  const dataDir = path.resolve(context.place.dataDir);
  const { settings, finding } = decoded(context);
  const inDir = lookAtDataDir(dataDir);
  const { isReadable, ...database } = lookAtDatabase(dataDir, files.migrationsDir);
  const read = isReadable ? await readPlace(dataDir) : NOTHING_READ;
  const { mailboxes, afterStates, newestReportSeconds } = read;
  const isOwned = inDir.some(({ part, seen }) => part === 'owner' && seen.startsWith('Process'));
  const findings = [
    finding,
    ...context.warnings.map((warning) => wrong('settings', warning, 'See README, Settings.')),
    lookAtNode(process.versions.node),
    ...lookAtProgram(files),
    ...inDir,
    database,
    lookAtKey(dataDir, context.place.keyFile, mailboxes),
    ...lookAtAfter(mailboxes, afterStates),
    ...(isReadable ? lookAtUpkeep(read.upkeep) : []),
    lookAtClock(nowSeconds(), newestReportSeconds, files.builtSeconds),
  ];
  if (settings !== null) {
    findings.push(await lookAtPort(settings.host, settings.port, isOwned));
    if (connect) findings.push(...(await lookOutside(settings, dataDir, mailboxes)));
  }
  const toDo = findings.filter(({ todo }) => todo !== null).length;
  print(json, { toDo, findings }, () => linesOf(findings, toDo));
  return toDo === 0 ? exitStatus.ok : exitStatus.setUp;
}

function decoded({ settings }: DoctorContext): { settings: Settings | null; finding: Finding } {
  try {
    const read = settings();
    return { settings: read, finding: fine('settings', 'All can be read.') };
  } catch (error) {
    if (!(error instanceof CommandEnd)) throw error;
    const todo = 'Set it as README says under Settings.';
    return { settings: null, finding: wrong('settings', error.message, todo) };
  }
}

async function lookOutside(
  { mailbox, resolver, keyFile }: Settings,
  dataDir: string,
  stored: readonly StoredMailbox[],
): Promise<Finding[]> {
  const key = readKey(keyPath(dataDir, keyFile));
  const opened = stored.flatMap(({ secret, caPem, after, ...address }): EnvironmentMailbox[] => {
    const password = key === null || secret === null ? null : unseal(key, secret);
    return password === null ? [] : [{ address, password, caPem, after }];
  });
  const findings: Finding[] = [];
  if (mailbox !== null) {
    const { after, ...access } = mailbox;
    findings.push(await lookAtMailbox(access, after, defaultLimits, 'environment'));
  }
  for (const { after, ...access } of opened) {
    findings.push(await lookAtMailbox(access, after, defaultLimits, 'stored'));
  }
  return [...findings, await lookAtResolver(resolver)];
}

const linesOf = (findings: readonly Finding[], toDo: number): string[] => [
  ...findings.flatMap(({ part, seen, todo }) => [
    `${todo === null ? 'fine ' : 'TO DO'}  ${part}: ${seen}`,
    ...(todo === null ? [] : [`         ${todo}`]),
  ]),
  toDo === 0 ? 'All fine.' : `${toDo} to do.`,
];
