import { describe, expect, test } from 'vitest';
import type { DkimAuthResult, Profile, SpfAuthResult } from '../../../ingest/report.ts';
import {
  type AlignmentModes,
  type Dropped,
  NOTHING_DROPPED,
  recompute,
} from '../../../server/analysis/alignment.ts';
import { dkimOf, spfOf } from './mail/results.ts';

const RELAXED: AlignmentModes = { adkim: 'relaxed', aspf: 'relaxed' };

interface Said {
  from?: string | null;
  envelope?: string | null;
  dkim?: readonly string[];
  spf?: readonly string[];
  scopeless?: boolean;
}

function shapeThatSays({
  from = 'news.example.org',
  envelope = null,
  dkim = [],
  spf = [],
  scopeless = false,
}: Said): Profile {
  const checks: SpfAuthResult[] = spf.map(spfOf);
  const signatures: DkimAuthResult[] = dkim.map(dkimOf);
  return {
    policyEvaluated: { disposition: 'none', dkimAligned: null, spfAligned: null, reasons: [] },
    identifiers: { headerFrom: from, envelopeFrom: envelope, envelopeTo: null },
    dkim: signatures,
    spf: scopeless ? checks.map((check) => ({ ...check, scope: null })) : checks,
  };
}

const ask = (said: Said, modes = RELAXED, dropped: Dropped = NOTHING_DROPPED) =>
  recompute(shapeThatSays(said), modes, dropped);

describe('DKIM', () => {
  const other = ['none other.example'];
  const cases: [title: string, said: Said, modes: AlignmentModes, aligned: boolean | null][] = [
    ['the same name', { dkim: ['pass news.example.org s'] }, RELAXED, true],
    ['a name of the organization', { dkim: ['pass example.org s'] }, RELAXED, true],
    ['a sister name', { dkim: ['pass a.b.example.org s'] }, RELAXED, true],
    ['a look-alike', { dkim: ['pass notexample.org s'] }, RELAXED, false],
    [
      'the organization, strictly',
      { dkim: ['pass example.org s'] },
      { ...RELAXED, adkim: 'strict' },
      false,
    ],
    [
      'the name, strictly',
      { dkim: ['pass news.example.org s'] },
      { ...RELAXED, adkim: 'strict' },
      true,
    ],
    [
      'any of several',
      { dkim: ['fail example.org a', 'pass esp.example b', 'pass example.org c'] },
      RELAXED,
      true,
    ],
    ['none of several', { dkim: ['fail example.org a', 'pass esp.example b'] }, RELAXED, false],
    [
      'a registry is no organization',
      { from: 'shop.co.uk', dkim: ['pass other.co.uk s'] },
      RELAXED,
      false,
    ],
    [
      'nor is a private suffix',
      { from: 'one.github.io', dkim: ['pass two.github.io s'] },
      RELAXED,
      false,
    ],
    ['a DNS error leaves it open', { dkim: ['temperror example.org s'] }, RELAXED, null],
    [
      'a pass beside a DNS error',
      { dkim: ['temperror example.org s', 'pass example.org t'] },
      RELAXED,
      true,
    ],
    ['a DNS error of somebody else', { dkim: ['temperror esp.example s'] }, RELAXED, false],
    ['a result that was not said', { dkim: ['- example.org s'] }, RELAXED, null],
    ['a pass of an unsaid domain', { dkim: ['pass - s'] }, RELAXED, null],
    ['a failure of an unsaid domain', { dkim: ['fail - s'] }, RELAXED, false],
    ['a pass for an unsaid author', { from: null, dkim: ['pass example.org s'] }, RELAXED, null],
    ['no signature, where SPF was said', {}, RELAXED, false],
  ];
  test.each(cases)('%s', (_title, said, modes, aligned) => {
    expect(ask({ spf: other, ...said }, modes).dkimAligned).toBe(aligned);
  });
});

describe('SPF', () => {
  const cases: [title: string, said: Said, modes: AlignmentModes, aligned: boolean | null][] = [
    ['a pass of the return path', { spf: ['pass mail.example.org'] }, RELAXED, true],
    ['a pass of somebody else', { spf: ['pass esp.example'] }, RELAXED, false],
    ['a soft failure', { spf: ['softfail example.org'] }, RELAXED, false],
    [
      'the organization, strictly',
      { spf: ['pass example.org'] },
      { ...RELAXED, aspf: 'strict' },
      false,
    ],
    [
      'without a scope, as of the return path',
      { spf: ['pass example.org'], scopeless: true },
      RELAXED,
      true,
    ],
    [
      'HELO of a null return path',
      { envelope: '', spf: ['pass mx.example.org helo'] },
      RELAXED,
      true,
    ],
    [
      'HELO beside a return path',
      { envelope: 'esp.example', spf: ['pass mx.example.org helo', 'pass esp.example'] },
      RELAXED,
      false,
    ],
    [
      'HELO alone with a return path',
      { envelope: 'esp.example', spf: ['pass mx.example.org helo'] },
      RELAXED,
      false,
    ],
    [
      'HELO alone, of a return path that was not said',
      { spf: ['pass mx.example.org helo'] },
      RELAXED,
      null,
    ],
    ['a failure of HELO alone', { spf: ['fail mx.example.org helo'] }, RELAXED, false],
    [
      'several without scope: the one of the return path',
      {
        envelope: 'example.org',
        spf: ['fail mx.other.example', 'pass example.org'],
        scopeless: true,
      },
      RELAXED,
      true,
    ],
    [
      'several that agree',
      { spf: ['pass a.example.org', 'pass b.example.org'], scopeless: true },
      RELAXED,
      true,
    ],
    [
      'several that differ',
      { spf: ['pass a.example.org', 'fail b.example.org'], scopeless: true },
      RELAXED,
      null,
    ],
    [
      'an unsaid domain, by the return path',
      { envelope: 'example.org', spf: ['pass -'] },
      RELAXED,
      true,
    ],
    ['an unsaid domain without a return path', { spf: ['pass -'] }, RELAXED, null],
    ['none for an unsaid domain', { spf: ['none -'] }, RELAXED, false],
    ['a DNS error leaves it open', { spf: ['temperror example.org'] }, RELAXED, null],
    ['a permanent error does not', { spf: ['permerror example.org'] }, RELAXED, false],
    ['not said at all', { dkim: ['pass example.org s'] }, RELAXED, null],
  ];
  test.each(cases)('%s', (_title, said, modes, aligned) => {
    expect(ask(said, modes).spfAligned).toBe(aligned);
  });
});

describe('DMARC', () => {
  test('passes by either, also where the other was not said', () => {
    expect(ask({ dkim: ['pass example.org s'] })).toMatchObject({
      dmarcAligned: true,
      complete: false,
      temperror: false,
    });
  });

  test('is open where an unsaid result could have passed', () => {
    expect(ask({ dkim: ['fail example.org s'] }).dmarcAligned).toBeNull();
  });

  test('neither passes nor fails by a DNS error, and nothing is missing then', () => {
    expect(ask({ dkim: ['temperror example.org s'], spf: ['fail example.org'] })).toEqual({
      dkimAligned: null,
      spfAligned: false,
      dmarcAligned: null,
      complete: true,
      temperror: true,
    });
  });

  test('is incomplete where nothing was said', () => {
    expect(ask({})).toMatchObject({ dkimAligned: null, spfAligned: null, complete: false });
  });
});

describe('what was dropped', () => {
  const without = (selector: string | null, spfDomain: string | null = null): Dropped => ({
    selector,
    spfDomain,
  });

  test('a selector no longer passes, another one still does', () => {
    const dkim = ['pass example.org old', 'pass example.org new'];
    const spf = ['none other.example'];
    expect(ask({ dkim, spf }, RELAXED, without('old')).dkimAligned).toBe(true);
    expect(ask({ dkim: dkim.slice(0, 1), spf }, RELAXED, without('old')).dkimAligned).toBe(false);
  });

  test('a signature that does not say its selector leaves it open', () => {
    const said = { dkim: ['pass example.org'], spf: ['none other.example'] };
    expect(ask(said, RELAXED, without('old')).dkimAligned).toBeNull();
    expect(ask(said).dkimAligned).toBe(true);
  });

  test('SPF of exactly that domain no longer passes', () => {
    const dropped = without(null, 'example.org');
    expect(ask({ spf: ['pass example.org'] }, RELAXED, dropped).spfAligned).toBe(false);
    expect(ask({ spf: ['pass mail.example.org'] }, RELAXED, dropped).spfAligned).toBe(true);
  });
});
