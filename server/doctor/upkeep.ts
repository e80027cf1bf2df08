import type { Upkeep } from '../store/store.ts';
import { type Finding, fine, wrong } from './finding.ts';

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** When the store was last verified and copied, as far as it was noted. */
export function lookAtUpkeep(upkeep: readonly Upkeep[]): Finding[] {
  return [lookAtVerified(upkeep), lookAtBackup(upkeep)];
}

function lookAtVerified(upkeep: readonly Upkeep[]): Finding {
  const verified = upkeep.find((one) => one.kind === 'verify');
  if (verified === undefined) {
    return fine('verified', 'Never yet; ruadmap verify reads everything again and compares it.');
  }
  const day = dayOf(verified.endedSeconds);
  const [first] = verified.findings;
  if (first === undefined) return fine('verified', `On ${day}: all is as it was read.`);
  return wrong('verified', `On ${day}: ${first.count} × ${first.what}.`, first.advice);
}

function lookAtBackup(upkeep: readonly Upkeep[]): Finding {
  const backup = upkeep.find((one) => one.kind === 'backup');
  if (backup === undefined) {
    return fine('backup', 'None was made yet; ruadmap backup FILE makes one at any time.');
  }
  return fine('backup', `${backup.file}, of ${dayOf(backup.endedSeconds)}.`);
}
