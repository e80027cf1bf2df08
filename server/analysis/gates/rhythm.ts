import type { Case } from '../verdict/case.ts';
import { dayInWords, daysInWords, listInWords, percentInWords } from '../verdict/in-words.ts';
import { sumOf } from '../verdict/source-days.ts';
import { hasEnded, type Turn, turnsOf } from '../verdict/turns.ts';
import { type Finding, met, notEnoughData, notMet } from './finding.ts';

interface Waiting {
  turn: Turn;
  told: string;
  earliest: number;
}

/** Every own source has had its turn at this policy, and none is too new to be judged. */
export function rhythm(about: Case): Finding {
  const turns = turnsOf(about);
  if (turns.length === 0)
    return notEnoughData('rhythm', {
      ...{ value: null, threshold: null, earliest: about.at + 1 },
      detail: 'No own mail that passes was seen on any day.',
    });
  const awaited = turns.filter((turn) => !hasEnded(turn, about));
  const slowest = Math.max(0, ...awaited.map(({ everyDays }) => everyDays));
  const begins = beginningOf(about, turns);
  const value = about.at - begins + 1;
  const waiting = turns.flatMap(
    (turn) => newSource(about, turn) ?? fullTurn(about, turn, begins) ?? [],
  );
  if (waiting.length > 0)
    return notMet('rhythm', {
      ...{ value, threshold: slowest, sources: waiting.map(({ turn }) => turn.source.source.id) },
      because: new Map(waiting.map(({ turn, told }) => [turn.source.source.id, told])),
      earliest: Math.max(...waiting.map(({ earliest }) => earliest)),
      detail: `${waiting.map(({ told }) => told).join(' ')} Wait.`,
    });
  return met('rhythm', {
    ...{ value, threshold: slowest },
    detail: `Every own source was seen over its full turn, the longest being ${daysInWords(slowest)}.${endedInWords(about, turns)}`,
  });
}

/** The day on which the policy in force began, or own mail was first seen. */
function beginningOf({ policy }: Case, turns: readonly Turn[]): number {
  return policy.sinceDay ?? Math.min(...turns.map(({ firstDay }) => firstDay));
}

function newSource(about: Case, turn: Turn): Waiting | null {
  const { at, settings, window, ownAligned } = about;
  const isNew = turn.firstDay > at - settings.newSourceDays;
  if (!isNew) return null;
  const part = ownAligned === 0 ? 1 : sumOf(turn.source, 'aligned', window) / ownAligned;
  const failed = sumOf(turn.source, 'failed', window);
  if (part < settings.newSourceRatio && failed === 0) return null;
  const why =
    failed > 0
      ? `${failed} of its messages failed`
      : `it sends ${percentInWords(part)} of own mail`;
  return {
    turn,
    earliest: turn.firstDay + settings.newSourceDays,
    told: `${turn.source.source.name} is new since ${dayInWords(turn.firstDay)}, and ${why}.`,
  };
}

function fullTurn(about: Case, turn: Turn, begins: number): Waiting | null {
  if (hasEnded(turn, about)) return null;
  const { source, everyDays, lastDay } = turn;
  const every = `${source.source.name} sends every ${daysInWords(everyDays)}`;
  if (lastDay < begins)
    return {
      turn,
      earliest: Math.max(about.at + 1, lastDay + everyDays),
      told: `${every} and was last seen on ${dayInWords(lastDay)}, before this policy.`,
    };
  if (about.at - begins + 1 >= everyDays) return null;
  return {
    turn,
    earliest: begins + everyDays - 1,
    told: `${every}, and this policy has been watched for ${daysInWords(about.at - begins + 1)}.`,
  };
}

function endedInWords(about: Case, turns: readonly Turn[]): string {
  const ended = turns.filter((turn) => hasEnded(turn, about));
  if (ended.length === 0) return '';
  const named = ended.map(
    ({ source, lastDay }) => `${source.source.name} (last seen ${dayInWords(lastDay)})`,
  );
  return ` No longer awaited: ${listInWords(named)}.`;
}
