import { settingNames, type SettingValues } from './settings.ts';

/** Where Docker puts secrets: within the container everyone may read them, and outside nobody can. */
const CONTAINER_SECRETS = '/run/secrets/';

/**
 * What is not wrong and yet hardly meant: a variable that is no setting, and a password that others can
 * read. One sentence each, with what to do.
 * @param variables names of the environment.
 * @param modeOf the permission bits of a file; null where it cannot be told.
 */
export function settingWarnings(
  values: SettingValues,
  variables: readonly string[],
  modeOf: (file: string) => number | null,
): string[] {
  const known = new Set<string>(Object.values(settingNames).map(({ variable }) => variable));
  const unknown = variables.filter((name) => name.startsWith('RUADMAP_') && !known.has(name));
  return [
    ...unknown.map((name) => `${name} is no setting: README lists those that there are.`),
    ...openPassword(values.imapPasswordFile, modeOf),
  ];
}

function openPassword(
  file: string | undefined,
  modeOf: (file: string) => number | null,
): readonly string[] {
  if (file === undefined || file.startsWith(CONTAINER_SECRETS)) return [];
  const mode = modeOf(file);
  if (mode === null || (mode & 0o077) === 0) return [];
  return [`Others can read ${file}, which holds a password. Run: chmod 600 ${file}`];
}
