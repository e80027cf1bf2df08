import { describe, expect, test } from 'vitest';
import { mailOf } from '../mail-of.ts';
import type { MailRow } from '../mail/story.ts';
import {
  botnet,
  classesOf,
  classifyMail,
  newsletter,
  ownWorkspace,
  sourceOf,
  wordsOn,
} from './context.ts';

describe('the user stands over the rules', () => {
  test('on one source, with name and day, and the rules stay readable below', () => {
    const classified = classifyMail(mailOf({ rows: [ownWorkspace, newsletter] }), {
      words: wordsOn({ 'service:mailchimp#none': 'own' }),
    });
    const source = sourceOf(classified, 'service:mailchimp#none');
    expect(source).toMatchObject({ class: 'own', word: { by: 'Anna', day: 20_600 } });
    expect(source.evidence.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['user-word', 'service-as-itself']),
    );
    expect(source.evidence[0]?.text).toBe('Anna said on 2026-05-27: this is ours.');
    expect(classified.questions).toEqual([]);
  });

  test('on all mail of a network; what is said of one source stands before it', () => {
    const rows = [
      newsletter,
      { ...newsletter, dkim: ['pass other.example k1'], spf: ['pass other.example'] },
    ];
    const words = wordsOn({
      'service:mailchimp': 'own',
      'service:mailchimp#as:other.example': 'unauthorised',
    });
    expect(classesOf(rows, { words })).toEqual({
      'service:mailchimp#none': 'own',
      'service:mailchimp#as:other.example': 'unauthorised',
    });
  });

  test('the newest of several words counts', () => {
    const older = wordsOn({ 'service:mailchimp#none': 'own' }, 20_000).classes;
    const newer = wordsOn({ 'service:mailchimp#none': 'forwarder' }, 20_100).classes;
    const words = { ...wordsOn({}), classes: [...newer, ...older] };
    expect(classesOf([newsletter], { words })['service:mailchimp#none']).toBe('forwarder');
  });

  test.each<[about: string, id: string, then: MailRow[], laterId: string]>([
    [
      'when its shape has become one of many networks',
      'as:64600#none',
      [ownWorkspace, ...botnet(12)],
      'as:64600#none~scattered',
    ],
    [
      'when what travelled has come to be at home',
      'as:64500#forwarded',
      [
        ownWorkspace,
        {
          source: 'as:64500',
          messages: 90,
          dkim: ['pass example.org google'],
          spf: ['softfail example.org'],
        },
      ],
      'as:64500#own',
    ],
  ])('keeps holding for the same mail %s', (_, id, rows, laterId) => {
    expect(classesOf(rows, { words: wordsOn({ [id]: 'unknown' }) })[laterId]).toBe('unknown');
  });

  test('on a machine in a network says nothing of the botnet in the same network', () => {
    const rows = [
      ownWorkspace,
      { source: 'as:64600 Network 0', messages: 9, spf: ['none erp.example'] },
      ...botnet(12),
    ];
    const classes = classesOf(rows, { words: wordsOn({ 'as:64600#none': 'own' }) });
    expect(classes).toMatchObject({
      'as:64600#none': 'own',
      'as:64600#none~scattered': 'unauthorised',
    });
  });
});

describe('a tenant of Microsoft', () => {
  const signed: MailRow = {
    source: 'service:microsoft-365',
    on: [-3],
    messages: 5,
    dkim: ['pass contoso.onmicrosoft.com selector1-contoso-onmicrosoft-com'],
    spf: ['softfail example.org'],
  };

  test('whose name is not known is asked about, and never called another customer', () => {
    expect(classesOf([ownWorkspace, signed])).toMatchObject({
      'service:microsoft-365#as:contoso.onmicrosoft.com': 'unknown',
    });
  });

  test('that the user or DNS told ties the mail', () => {
    const words = { ...wordsOn({}), microsoftTenants: ['Contoso.onmicrosoft.com'] };
    expect(classesOf([ownWorkspace, signed], { words })).toMatchObject({
      'service:microsoft-365#own': 'own',
    });
  });

  test('that is another one makes it another customer', () => {
    const words = { ...wordsOn({}), microsoftTenants: ['fabrikam'] };
    expect(classesOf([ownWorkspace, signed], { words })).toMatchObject({
      'service:microsoft-365#as:contoso.onmicrosoft.com': 'unauthorised',
    });
  });
});
