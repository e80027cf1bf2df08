import { expect, onTestFinished } from 'vitest';
import type { ConnectionProblem } from '../../ingest/connection-problem.ts';
import { newFolderMemory } from '../../ingest/poll-pass.ts';
import { wordsForReason } from '../../web/words/reasons.ts';
import { digestOf } from '../server/store/digest.ts';
import { openTempStore } from '../server/store/temp-store.ts';
import { lookOnce, type LookOptions } from './polling.ts';
import { reportXml } from './report-files.ts';
import { type Script, type ScriptedAnswer, startScripted, usualAnswer } from './scripted-server.ts';

/** Three reports in one folder: the one in the middle is where the server misbehaves. */
export const GOOD_MESSAGES = [100, 3000] as const;
export const CASE_MESSAGES = 20;
const XML = [reportXml(1, 100), reportXml(2, CASE_MESSAGES), reportXml(3, 3000)];

export const literal = (text: string): string => `{${text.length}}\r\n${text}`;
const HEADER = literal('Subject: x\r\n\r\n');

export const xmlOf = (uid: number): string => XML[uid - 1] ?? '';

/** The row that answers a FETCH of structures. */
export const head = (uid: number): string => {
  const size = xmlOf(uid).length;
  const structure = `("text" "xml" ("name" "r!e.org!1767225600!1767311999.xml") NIL NIL "7bit" ${size} 20)`;
  return `* ${uid} FETCH (UID ${uid} RFC822.SIZE ${size + 14} BODYSTRUCTURE ${structure} BODY[HEADER.FIELDS (SUBJECT)] ${HEADER})`;
};

/** The row that answers a FETCH of bodies. */
export const body = (uid: number, part = literal(xmlOf(uid))): string =>
  `* ${uid} FETCH (UID ${uid} BODY[1] ${part} BODY[HEADER]<0> ${HEADER})`;

/** The row that answers a FETCH of what tells a mail from another. */
const identity = (uid: number): string =>
  `* ${uid} FETCH (UID ${uid} RFC822.SIZE ${xmlOf(uid).length + 14} FLAGS () BODY[HEADER.FIELDS (DATE FROM SUBJECT MESSAGE-ID RECEIVED)] ${HEADER})`;

/** UIDs of the folder that a command names: '1:3,5', '1:*'. */
export function uidsIn(set: string): number[] {
  const ranges = set.split(',').map((range): readonly [number, number] => {
    const [low, high] = range.split(':');
    const first = Number(low);
    return [first, high === undefined ? first : high === '*' ? Infinity : Number(high)];
  });
  return [1, 2, 3].filter((uid) => ranges.some(([low, high]) => uid >= low && uid <= high));
}

export interface Misbehaviour {
  greeting?: string | null;
  /** In place of the rows of one message. */
  headOf?: (uid: number) => readonly string[];
  bodyOf?: (uid: number) => readonly string[];
  /** In place of any answer; undefined: the usual one. */
  answer?: (command: string) => ScriptedAnswer | null | undefined;
}

/** The folder of three reports, with what the server does otherwise. */
export function scriptOf(misbehaviour: Misbehaviour): Script {
  const headOf = misbehaviour.headOf ?? ((uid: number) => [head(uid)]);
  const bodyOf = misbehaviour.bodyOf ?? ((uid: number) => [body(uid)]);
  const usual = (command: string): ScriptedAnswer => {
    const [, verb, set = ''] =
      /^(UID (?:SEARCH(?: UID)?|FETCH)|EXAMINE|SELECT)(?: (\S+))?/.exec(command) ?? [];
    const uids = uidsIn(set);
    if (verb === 'UID FETCH') {
      const ask = command.includes('BODYSTRUCTURE') ? headOf : bodyOf;
      const rows = command.includes('MESSAGE-ID') ? uids.map(identity) : uids.flatMap(ask);
      return { lines: rows, tagged: 'OK done' };
    }
    if (verb?.startsWith('UID SEARCH') === true) {
      return { lines: [`* SEARCH ${uids.join(' ')}`], tagged: 'OK done' };
    }
    if (verb === undefined) return usualAnswer(command);
    const lines = ['* FLAGS ()', '* 3 EXISTS', '* OK [UIDVALIDITY 7] x', '* OK [UIDNEXT 4] x'];
    return { lines, tagged: verb === 'EXAMINE' ? 'OK [READ-ONLY] done' : 'OK done' };
  };
  return {
    ...(misbehaviour.greeting === undefined ? {} : { greeting: misbehaviour.greeting }),
    answer: (command) => {
      const own = misbehaviour.answer?.(command);
      return own === undefined ? usual(command) : own;
    },
  };
}

/** Does something otherwise the first times only; afterwards the server is well. */
export function atFirst<T>(times: number, otherwise: () => T): () => T | undefined {
  let left = times;
  return () => (left-- > 0 ? otherwise() : undefined);
}

export interface Met {
  /** What each look that failed ended with. */
  problems: ConnectionProblem[];
  /** Of the message in the middle: its state, or the outcomes and reasons of its documents. */
  middle: string[];
  commands: readonly string[];
}

const MOST_LOOKS = 12;
/** Looks in a row that change nothing. */
const CALM_LOOKS = 2;

/**
 * Looks at the folder until nothing is left to do, and checks what must hold whatever the server does
 * to the message in the middle: the reports beside it to the unit, one row of the ledger for each, its
 * reason in words, and a further look that changes nothing.
 */
export async function meetFolder(
  misbehaviour: Misbehaviour,
  options: Partial<LookOptions> = {},
): Promise<Met> {
  const server = await startScripted(scriptOf(misbehaviour));
  onTestFinished(() => server.stop());
  const { writer, reader, mailboxId, dataDir } = await openTempStore();
  const memory = newFolderMemory();
  const problems: ConnectionProblem[] = [];
  const look = async (): Promise<boolean> => {
    const looked = await lookOnce(server.port, {
      ...{ ledger: writer, mailboxId, memory, times: { connectSeconds: 2, commandSeconds: 1 } },
      ...options,
    });
    if (!looked.ok) problems.push(looked.problem);
    return looked.ok;
  };
  const ledger = async () => {
    const { items } = await reader.ledger({ mailboxId, outcome: null }, null, 100);
    return items.sort((a, b) => a.uid - b.uid);
  };
  const picture = async () => JSON.stringify([digestOf(dataDir), await ledger()]);
  let [before, calmLooks] = [await picture(), 0];
  for (let looks = 0; looks < MOST_LOOKS && calmLooks < CALM_LOOKS; looks += 1) {
    const isWell = await look();
    const after = await picture();
    calmLooks = isWell && after === before ? calmLooks + 1 : 0;
    before = after;
  }
  expect(calmLooks, `It comes to rest; ${JSON.stringify(problems)}`).toBe(CALM_LOOKS);

  const rows = await ledger();
  const outcomes = rows.map(({ uid, state, documents }) => ({
    uid,
    words:
      state === 'done'
        ? documents.map(({ outcome, reason }): string => reason ?? outcome)
        : [state],
  }));
  expect(outcomes.map(({ uid }) => uid)).toEqual([1, 2, 3]);
  expect([outcomes[0]?.words, outcomes[2]?.words]).toEqual([['stored'], ['stored']]);
  for (const { reason } of rows.flatMap(({ documents }) => documents)) {
    if (reason !== null) expect(wordsForReason(reason).meaning).not.toBe(reason);
  }
  const middle = outcomes[1]?.words ?? [];
  const counted = middle.includes('stored') ? CASE_MESSAGES : 0;
  const { tally } = await reader.totals({ domain: null, from: null, to: null });
  expect(tally.messages).toBe(GOOD_MESSAGES[0] + counted + GOOD_MESSAGES[1]);
  return { problems, middle, commands: server.commands };
}
