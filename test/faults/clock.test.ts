import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clockProblem } from '../../server/clock.ts';
import { keepRead, SHORT_TIMING } from '../imap/kept-rig.ts';
import { accessTo } from '../imap/polling.ts';
import { inFullOrShare, printFigure } from '../long-run.ts';
import { dovecot, faketime, isMissing } from '../parts.ts';
import { startRuadmap, temporaryDir } from '../program.ts';
import { databaseDigest } from './database-digest.ts';
import { goldenMailbox } from './golden-mailbox.ts';
import { expectWell, type KillRig, startKillRig } from './kill-rig.ts';
import { childrenOf, runProgram } from './program-run.ts';
import { healthOf } from './storage-rig.ts';

const SIZES = { seed: 4, reports: 60, others: 20, repeats: 10, conflicts: 6 };

let work: ReturnType<typeof temporaryDir>;
beforeEach(() => {
  work = temporaryDir();
});
afterEach(() => work.remove());

describe.skipIf([dovecot, faketime].some(isMissing))('C04: a clock that is wrong', () => {
  let rig: KillRig;
  beforeAll(async () => {
    rig = await startKillRig(SIZES);
  });
  afterAll(() => rig.stop());

  const shifts: [about: string, shift: string][] = [
    ['ten years behind', '-10y'],
    ['ten years ahead', '+10y'],
    ['at the end of a leap day', '@2028-02-29 23:59:58'],
    ['in the hour that summer time leaves out', '@2027-03-28 01:59:58'],
  ];

  test.each(shifts.slice(0, inFullOrShare(shifts.length, 2)))(
    '%s costs no report and moves no day',
    async (_, shift) => {
      const dataDir = rig.freshDir();
      const before = ['faketime', '-f', shift];
      await expectWell(rig.run(['poll', '--json'], dataDir, { before }));
      // Read once more with the right clock, and compared with all that must be there.
      await rig.drain(dataDir);
    },
  );
});

describe('C04: a clock in another time zone', () => {
  const ZONES = [
    'UTC',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Europe/Berlin',
    'Antarctica/Troll',
  ];

  test('leaves every day where the reporter put it', async () => {
    const zones = ZONES.slice(0, inFullOrShare(ZONES.length, 3));
    const mails = path.join(work.dir, 'mails');
    mkdirSync(mails);
    for (const [place, mail] of goldenMailbox(SIZES).mails.entries()) {
      writeFileSync(path.join(mails, `${place}.eml`), mail);
    }
    const digests = await Promise.all(
      zones.map(async (zone) => {
        const dataDir = path.join(work.dir, zone.replace('/', '-'));
        await expectWell(
          runProgram(['import', mails, '--data', dataDir, '--json'], { env: { TZ: zone } }),
        );
        return databaseDigest(dataDir);
      }),
    );
    expect(new Set(digests).size).toBe(1);
    printFigure({ figure: 'time zones', n: zones.length, of: zones.length, full: ZONES.length });
  });
});

describe('C04: a clock that jumps an hour back and forth', () => {
  test.skipIf(isMissing(dovecot))('loses no report, and looks no more often', async () => {
    const rig = await startKillRig(SIZES);
    try {
      let looked = 0;
      const jumping = (): number => {
        looked += 1;
        return Math.floor(Date.now() / 1000) + (looked % 2 === 0 ? 3600 : -3600);
      };
      const kept = await keepRead(
        { ...accessTo(rig.server.port), password: 'a pass phrase of the test' },
        { nowSeconds: jumping, timing: { ...SHORT_TIMING, pollSeconds: 0.5 } },
      );
      await kept.until(({ state }) => state === 'up-to-date');
      const before = kept.looks();
      await sleep(2500);
      expect(kept.looks() - before).toBeGreaterThanOrEqual(1);
      expect(kept.looks() - before).toBeLessThanOrEqual(5);
      expect(await kept.messages()).toBe(rig.golden.totals.messages);
    } finally {
      await rig.stop();
    }
  });
});

const BUILT_SECONDS = Date.UTC(2026, 10, 1) / 1000;

describe('C05: a clock that stands before the program was built', () => {
  test('is told, with what it harms', () => {
    expect(clockProblem(BUILT_SECONDS - 1, BUILT_SECONDS)).toMatch(
      /before this version of Ruadmap was made/,
    );
    expect(clockProblem(BUILT_SECONDS, BUILT_SECONDS)).toBeNull();
    expect(clockProblem(0, null)).toBeNull();
  });

  test.skipIf(isMissing(faketime))(
    'is told by doctor, by serve as it starts, and on the page',
    async () => {
      const dataDir = path.join(work.dir, 'data');
      const past = ['faketime', '-f', '-12y'];
      const doctor = runProgram(['doctor', '--data', dataDir, '--port', '0'], { before: past });
      expect((await doctor.ended).status).toBe(78);
      expect(doctor.stdout()).toMatch(/TO DO {2}clock: .*before this version/);
      const program = await startRuadmap(['serve', '--data', dataDir], {}, past);
      try {
        const { status, attention } = await healthOf(program);
        expect(status).toBe('attention');
        expect(attention.join(' ')).toContain('before this version of Ruadmap was made');
        expect(program.errors()).toContain('before this version of Ruadmap was made');
      } finally {
        // faketime waits for the program, and ends with it; a signal would end faketime alone.
        const ended = once(program.process, 'exit');
        for (const pid of childrenOf(program.process.pid ?? 0)) process.kill(pid, 'SIGTERM');
        await ended;
      }
    },
  );
});
