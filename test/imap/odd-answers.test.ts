import { expect, test } from 'vitest';
import {
  atFirst,
  body,
  head,
  literal,
  meetFolder,
  type Misbehaviour,
  xmlOf,
} from './scripted-mailbox.ts';
import type { ScriptedAnswer } from './scripted-server.ts';

test('a sane server is read, so that the others show what they are meant to', async () => {
  expect(await meetFolder({})).toMatchObject({ problems: [], middle: ['stored'] });
});

const GOODBYE: ScriptedAnswer = {
  ...{ lines: ['* BYE Server going down'], tagged: null, thenEnd: true },
};
const HALF_A_PART: ScriptedAnswer = {
  ...{ lines: [body(1)], raw: [body(2).slice(0, 300), '\r\n* BYE Server going down\r\n'] },
  ...{ tagged: null, thenEnd: true },
};

test.each<[string, RegExp, ScriptedAnswer]>([
  ['to a login', /^LOGIN/, GOODBYE],
  ['to the opening of the folder', /^EXAMINE/, GOODBYE],
  ['to a search', /^UID SEARCH/, GOODBYE],
  ['in the middle of a part', /^UID FETCH.*BODY\.PEEK\[1\]/, HALF_A_PART],
])('P02: a goodbye %s costs a connection and nothing else', async (_, command, answer) => {
  const first = atFirst(1, () => answer);
  const met = await meetFolder({
    answer: (asked) => (command.test(asked) ? first() : undefined),
  });
  expect(met.middle).toEqual(['stored']);
  expect(met.problems.map(({ code }) => code)).toEqual(['lost-connection']);
  expect(met.problems[0]?.advice).toContain('continues where it stopped');
});

/** What the server says of the message in the middle, in place of its body. */
const middleBody = (part: string): Misbehaviour => ({
  bodyOf: (uid) => [uid === 2 ? body(2, part) : body(uid)],
});
const bodiesAsked = (commands: readonly string[], uid: number): number =>
  commands.filter((command) => {
    return command.startsWith(`UID FETCH ${uid} `) && command.includes('BODY.PEEK[1]');
  }).length;

test.each<[string, Misbehaviour, number]>([
  ['is NIL', middleBody('NIL'), 2],
  ['is empty', middleBody('""'), 2],
  ['is longer than its length says', middleBody(`{200}\r\n${xmlOf(2)}`), 2],
  ['never comes', { bodyOf: (uid) => (uid === 2 ? [] : [body(uid)]) }, 2],
])('P06: a part that %s is asked for three times, and then refused', async (_, how, alone) => {
  const met = await meetFolder(how);
  expect(met).toMatchObject({ problems: [], middle: ['fetch-failed'] });
  expect(bodiesAsked(met.commands, 2)).toBe(alone);
});

test('P06: a part shorter than its length swallows what follows, and takes no other report with it', async () => {
  const short = `{${xmlOf(2).length}}\r\n${xmlOf(2).slice(0, 200)}`;
  const met = await meetFolder(middleBody(short));
  expect(met.middle).toEqual(['fetch-failed']);
  expect(new Set(met.problems.map(({ code }) => code))).toEqual(new Set(['timed-out']));
});

test('P06: a part that is shorter than was announced is read as it is, and is no whole report', async () => {
  const met = await meetFolder(middleBody(literal(xmlOf(2).slice(0, 200))));
  expect(met).toMatchObject({ problems: [], middle: ['truncated'] });
});

test('P06: a part that is missing once is there the next time', async () => {
  const once = atFirst(1, () => [body(2, 'NIL')]);
  const met = await meetFolder({ bodyOf: (uid) => (uid === 2 && once()) || [body(uid)] });
  expect(met).toMatchObject({ problems: [], middle: ['stored'] });
});

test('P06: a structure that swallows the next one takes no report with it', async () => {
  const met = await meetFolder({
    headOf: (uid) => [uid === 2 ? head(2).replace('{14}', '{180}') : head(uid)],
  });
  expect(met.middle).toEqual(['fetch-failed']);
});

test('P05: a message that is listed and never there is unresolved after two looks', async () => {
  const met = await meetFolder({ headOf: (uid) => (uid === 2 ? [] : [head(uid)]) });
  expect(met).toMatchObject({ problems: [], middle: ['unresolved'] });
  expect(met.commands.filter((command) => /^UID FETCH .*BODYSTRUCTURE/.test(command))).toHaveLength(
    2,
  );
});

test('P07: a message that the server always refuses is refused, and named by its words until then', async () => {
  const met = await meetFolder({
    answer: (asked) =>
      /^UID FETCH (?:2|[12]:3|2:3) .*BODY\.PEEK\[1\]/.test(asked)
        ? { lines: [], tagged: 'NO [CORRUPTION] cannot read it' }
        : undefined,
  });
  expect(met.middle).toEqual(['fetch-failed']);
  for (const { code, message } of met.problems) {
    expect([code, message]).toEqual(['server-said-no', expect.stringContaining('cannot read it')]);
  }
});

test('P13: rows about messages that nobody asked for, and about nothing, are not counted', async () => {
  const unasked = [
    body(2).replace(/UID 2/, 'UID 999'),
    '* 9 FETCH (FLAGS (\\Seen))',
    '* 77 EXPUNGE',
  ];
  const met = await meetFolder({
    headOf: (uid) => [...unasked, head(uid), '* 3 FETCH (UID 3 FLAGS (\\Answered))'],
    bodyOf: (uid) => [...unasked, body(uid), '* OK still here', '* ???', '* 1 FETCH (UID'],
  });
  expect(met.middle).toEqual(['stored']);
});

const examined = (uidNext: number): ScriptedAnswer => ({
  lines: ['* 3 EXISTS', '* OK [UIDVALIDITY 7] x', `* OK [UIDNEXT ${uidNext}] x`],
  tagged: 'OK [READ-ONLY] done',
});

test.each<[string, () => number | undefined]>([
  ['far above the last message', () => 4_294_967_295],
  ['below the last message at first', atFirst(1, () => 2)],
  ['of an empty folder at first', atFirst(1, () => 1)],
])('P14: a UIDNEXT %s hides no message', async (_, uidNext) => {
  const met = await meetFolder({
    answer: (asked) => (asked.startsWith('EXAMINE') ? examined(uidNext() ?? 4) : undefined),
  });
  expect(met).toMatchObject({ problems: [], middle: ['stored'] });
});

test('P15: a server without any extension is read', async () => {
  const met = await meetFolder({});
  expect(met.commands.some((command) => /MOVE|IDLE|CONDSTORE|ENABLE/.test(command))).toBe(false);
});
