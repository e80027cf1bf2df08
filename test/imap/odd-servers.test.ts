import { expect, onTestFinished, test } from 'vitest';
import { newFolderMemory } from '../../ingest/poll-pass.ts';
import { openTempStore } from '../server/store/temp-store.ts';
import { lookOnce, type LookOptions } from './polling.ts';
import { reportXml } from './report-files.ts';
import { type ScriptedServer, type Script, startScripted, usualAnswer } from './scripted-server.ts';

const XML = reportXml(1, 5);
const STRUCTURE = `("text" "xml" ("name" "r!e.org!1767225600!1767311999.xml") NIL NIL "7bit" ${XML.length} 20)`;
const literal = (text: string): string => `{${text.length}}\r\n${text}`;

/** The row that answers a FETCH of structures. */
const head = (sequence: number, uid: number, structure = STRUCTURE): string =>
  `* ${sequence} FETCH (UID ${uid} RFC822.SIZE 900 BODYSTRUCTURE ${structure} BODY[HEADER.FIELDS (SUBJECT)] ${literal('Subject: x\r\n\r\n')})`;

/** The row that answers a FETCH of bodies. */
const body = (sequence: number, uid: number, part = literal(XML)): string =>
  `* ${sequence} FETCH (UID ${uid} BODY[1] ${part} BODY[HEADER]<0> ${literal('Subject: x\r\n\r\n')})`;

interface Answers {
  heads?: string[];
  bodies?: string[];
  other?: Script['answer'];
}

const script = ({ heads, bodies, other }: Answers): Script => ({
  answer: (command) => {
    const own = other?.(command);
    if (own !== undefined && own !== null) return own;
    if (!command.startsWith('UID FETCH')) return usualAnswer(command);
    const lines = command.includes('BODYSTRUCTURE')
      ? (heads ?? [head(1, 1), head(2, 2, STRUCTURE)])
      : (bodies ?? [body(1, 1), body(2, 2)]);
    return { lines, tagged: 'OK done' };
  },
});

async function meet(answers: Answers) {
  const server: ScriptedServer = await startScripted(script(answers));
  onTestFinished(() => server.stop());
  const { writer, reader, mailboxId } = await openTempStore();
  const memory = newFolderMemory();
  return {
    server,
    look: (options: Partial<LookOptions> = {}) =>
      lookOnce(server.port, { ledger: writer, mailboxId, memory, ...options }),
    outcomes: async () => {
      const { items } = await reader.ledger({ mailboxId, outcome: null }, null, 100);
      const words = items.map(({ uid, state, documents }) =>
        [uid, state, ...documents.map(({ outcome, reason }) => reason ?? outcome)].join(' '),
      );
      return words.sort();
    },
  };
}

test('a sane script is read, so that the others show what they are meant to', async () => {
  const { look, outcomes } = await meet({});
  expect(await look()).toMatchObject({ ok: true, value: { seen: 2, reports: 1 } });
  expect(await outcomes()).toEqual(['1 done stored', '2 done duplicate']);
});

test('P13: messages that nobody asked for are dropped', async () => {
  const { look, outcomes } = await meet({
    heads: [head(1, 1), head(9, 999), head(2, 2), '* 3 FETCH (FLAGS (\\Seen))', '* 4 EXISTS'],
    bodies: [body(9, 999), body(1, 1), body(2, 2)],
  });
  await look();
  expect(await outcomes()).toEqual(['1 done stored', '2 done duplicate']);
});

test('P13: a changed flag of a message is no answer about it', async () => {
  const { look, outcomes } = await meet({
    heads: ['* 1 FETCH (UID 1 FLAGS (\\Seen))', head(2, 2)],
  });
  await look();
  expect(await outcomes()).toEqual(['1 unresolved', '2 done stored']);
});

test('P05: an OK without data is never taken for done', async () => {
  const { look, outcomes } = await meet({ heads: [] });
  expect(await look()).toMatchObject({ ok: true, value: { reports: 0 } });
  expect(await outcomes()).toEqual(['1 unresolved', '2 unresolved']);
});

test('an answer in several rows is put together', async () => {
  const { look, outcomes } = await meet({
    bodies: [
      `* 1 FETCH (UID 1 BODY[1] ${literal(XML)})`,
      `* 1 FETCH (UID 1 BODY[HEADER]<0> ${literal('Subject: x\r\n\r\n')})`,
      body(2, 2),
    ],
  });
  await look();
  expect(await outcomes()).toEqual(['1 done stored', '2 done duplicate']);
});

test('a structure that the server does not give refuses that message alone', async () => {
  const { look, outcomes } = await meet({ heads: [head(1, 1, 'NIL'), head(2, 2)] });
  await look();
  expect(await outcomes()).toEqual(['1 done mime-depth', '2 done stored']);
});

test.each<[string, string]>([
  ['a literal of 4 GiB', '{4294967295}'],
  ['a literal above the largest mail', '{60000000}'],
])('P12: %s ends the connection, not the process', async (_, part) => {
  const { look } = await meet({ bodies: [`* 1 FETCH (UID 1 BODY[1] ${part}`, 'abc'] });
  const looked = await look({ times: { commandSeconds: 2 } });
  expect(looked).toMatchObject({ ok: false, problem: { code: 'too-much-sent' } });
});

test('P12: a server that sends far more than it announced is left', async () => {
  const flood = literal('x'.repeat(1_500_000));
  const { look } = await meet({ bodies: [body(1, 1, flood), body(2, 2, flood)] });
  expect(await look()).toMatchObject({ ok: false, problem: { code: 'too-much-sent' } });
});

test('P13: 100,000 open brackets and other garbage change nothing', async () => {
  const garbage = [`* 1 FETCH ${'('.repeat(100_000)}`, '* ???', '* 7', '\0\0\0', '* 1 FETCH (UID'];
  const { look, outcomes } = await meet({ heads: [...garbage, head(1, 1), head(2, 2)] });
  await look();
  expect(await outcomes()).toEqual(['1 done stored', '2 done duplicate']);
});

test.each<[string, string, string]>([
  ['UID SEARCH', 'NO not today', 'server-said-no'],
  ['UID SEARCH', 'BAD Request is throttled. Suggested Backoff Time: 500 milliseconds', 'throttled'],
  ['EXAMINE', 'NO [NOPERM] Permission denied', 'server-said-no'],
  ['EXAMINE', 'NO [INUSE] Too many connections', 'throttled'],
  ['UID FETCH', 'BAD what?', 'server-said-no'],
])('P07: %s answered by "%s" has a name', async (verb, tagged, code) => {
  const { look } = await meet({
    other: (command) => (command.startsWith(verb) ? { lines: [], tagged } : null),
  });
  expect(await look()).toMatchObject({ ok: false, problem: { code } });
});

test('P14: a UIDNEXT that is not told is lived without', async () => {
  const { look, outcomes } = await meet({
    other: (command) =>
      command.startsWith('EXAMINE')
        ? { lines: ['* 2 EXISTS', '* OK [UIDVALIDITY 7] x'], tagged: 'OK done' }
        : null,
  });
  await look();
  expect(await outcomes()).toEqual(['1 done stored', '2 done duplicate']);
});

test('P14: EXISTS of four billion messages is not believed', async () => {
  const { look, outcomes } = await meet({
    other: (command) =>
      command.startsWith('EXAMINE')
        ? {
            lines: ['* 4294967295 EXISTS', '* OK [UIDVALIDITY 7] x', '* OK [UIDNEXT 4294967295] x'],
            tagged: 'OK done',
          }
        : null,
  });
  const started = performance.now();
  expect(await look()).toMatchObject({ ok: true });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(await outcomes()).toEqual(['1 done stored', '2 done duplicate']);
});
