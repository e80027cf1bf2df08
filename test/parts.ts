import { existsSync } from 'node:fs';

/** Parts of the machine that some tests need. A test without its part is skipped, and says so. */
export interface MachinePart {
  name: string;
  /** null: not on this machine. */
  path: string | null;
  howToGet: string;
  /** Nothing installs it: a checkout elsewhere may well be without it. */
  isBrought?: boolean;
}

const part = (name: string, candidates: readonly string[], howToGet: string): MachinePart => ({
  name,
  path: candidates.find((candidate) => candidate !== '' && existsSync(candidate)) ?? null,
  howToGet,
});

export const dovecot = part('Dovecot', ['/usr/sbin/dovecot'], 'apt-get install dovecot-imapd');

export const chromium = part(
  'Chromium',
  [process.env['CHROME_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'],
  'apt-get install chromium',
);

export const strace = part('strace', ['/usr/bin/strace'], 'apt-get install strace');

export const faketime = part('faketime', ['/usr/bin/faketime'], 'apt-get install faketime');

export const dovecotPath = (): string | null => dovecot.path;

/**
 * Where parts must be there, a missing one is a failure and not a skip: in CI all that can be
 * installed, and where RUADMAP_REQUIRE_ALL is 1 also what must be brought.
 */
const isRequired = ({ isBrought = false }: MachinePart): boolean =>
  process.env['RUADMAP_REQUIRE_ALL'] === '1' || (process.env['CI'] === 'true' && !isBrought);

/**
 * Whether to skip the tests that need a part; prints which, and how to get it.
 * @throws where a missing part is a failure.
 */
export function isMissing(needed: MachinePart): boolean {
  if (needed.path !== null) return false;
  const words = `${needed.name} is not on this machine: ${needed.howToGet}`;
  if (isRequired(needed)) throw new Error(words);
  console.warn(`Skipped: ${words}`);
  return true;
}
