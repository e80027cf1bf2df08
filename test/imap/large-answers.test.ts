import { expect, onTestFinished, test } from 'vitest';
import { printFigure } from '../long-run.ts';
import { type OwnRun, runInOwnProcess } from '../matrix/own-process.ts';
import { temporaryDir } from '../program.ts';
import { type Misbehaviour, scriptOf } from './scripted-mailbox.ts';
import { type ScriptedAnswer, startScripted } from './scripted-server.ts';

const MOST_RESIDENT_MIB = 250;
const megabyte = Buffer.alloc(1_000_000, 'x');

function* repeated(count: number, piece: Buffer): Generator<Buffer> {
  for (let one = 0; one < count; one += 1) yield piece;
}
function* lines(count: number, line: (place: number) => string): Generator<string> {
  for (let place = 0; place < count; place += 1) yield line(place);
}

const onCommand = (command: RegExp, answer: () => Partial<ScriptedAnswer>): Misbehaviour => ({
  answer: (asked) =>
    command.test(asked) ? { lines: [], tagged: 'OK done', ...answer() } : undefined,
});
const BODIES = /^UID FETCH .*BODY\.PEEK\[1\]/;
const HEADS = /^UID FETCH .*BODYSTRUCTURE/;
const SEARCH = /^UID SEARCH/;
/** The begin of a row with a part of so many bytes. */
const begun = (bytes: number): string => `* 1 FETCH (UID 1 BODY[1] {${bytes}}\r\n`;

/** UIDs from 1 on, so many to a line. */
const found = (uids: number, toALine: number): Generator<string> =>
  lines(uids / toALine, (line) => {
    const numbers = Array.from({ length: toALine }, (_, place) => line * toALine + place + 1);
    return `* SEARCH ${numbers.join(' ')}`;
  });

/** One look by the built program, whose memory is watched. */
async function pollOnce(misbehaviour: Misbehaviour): Promise<OwnRun> {
  const server = await startScripted(scriptOf(misbehaviour));
  const work = temporaryDir();
  onTestFinished(async () => {
    await server.stop();
    work.remove();
  });
  return runInOwnProcess(['poll', '--data', work.dir, '--json'], {
    RUADMAP_IMAP_URL: `imap://u@127.0.0.1:${server.port}/INBOX`,
    RUADMAP_IMAP_PASSWORD: 'p',
  });
}

interface Case {
  about: string;
  how: Misbehaviour;
  /** What is read all the same; null: the server is left. */
  stored: number | null;
}

const cases: Case[] = [
  {
    about: 'P12: a part of 4 GiB, announced',
    how: onCommand(BODIES, () => ({ raw: [begun(4_294_967_295), ...repeated(300, megabyte)] })),
    stored: null,
  },
  {
    about: 'P12: a part of 200 MB, announced and sent',
    how: onCommand(BODIES, () => ({ raw: [begun(200_000_000), ...repeated(200, megabyte)] })),
    stored: null,
  },
  {
    about: 'P12: a part nearly as large as the largest mail, where a small one was announced',
    how: onCommand(BODIES, () => ({
      raw: [begun(49_000_000), ...repeated(49, megabyte), ')\r\n'],
    })),
    stored: null,
  },
  {
    about: 'P12: a line without an end',
    how: onCommand(HEADS, () => ({ raw: repeated(300, megabyte) })),
    stored: null,
  },
  {
    about: 'P13: a million changed flags',
    how: onCommand(BODIES, () => ({
      lines: lines(1_000_000, (place) => `* ${1 + (place % 3)} FETCH (FLAGS (\\Seen))`),
    })),
    stored: null,
  },
  {
    about: 'P14: five million UIDs in one line',
    how: onCommand(SEARCH, () => ({ lines: found(5_000_000, 5_000_000) })),
    stored: null,
  },
  {
    about: 'P14: five million UIDs in fifty lines, of a folder of three',
    how: onCommand(SEARCH, () => ({ lines: found(5_000_000, 100_000) })),
    stored: 3,
  },
];

test.each(cases)(
  '$about: the memory stays flat',
  async ({ about, how, stored }) => {
    const { status, stdout, stderr, peakMib } = await pollOnce(how);
    if (stored === null) {
      expect(stderr).toMatch(
        /^ruadmap: u at [^\n]* sent more than a mail server has reason to[^\n]*\n$/,
      );
    } else {
      expect(stderr).toBe('');
    }
    expect(status).toBe(stored === null ? 78 : 0);
    expect(JSON.parse(stdout)).toMatchObject({ stored: stored ?? 0 });
    expect(peakMib).toBeLessThan(MOST_RESIDENT_MIB);
    const peak = Math.round(peakMib);
    printFigure({
      figure: about,
      n: peak,
      of: MOST_RESIDENT_MIB,
      full: MOST_RESIDENT_MIB,
      unit: 'MiB',
    });
  },
  120_000,
);
