import { describe, expect, test } from 'vitest';
import { mailOf } from '../mail-of.ts';
import { classifyMail, ownWorkspace } from './context.ts';

describe('what is told of a source', () => {
  test('its evidence has numbers, what decided first', () => {
    const { sources } = classifyMail(
      mailOf({
        rows: [
          ownWorkspace,
          {
            source: 'as:64510 Alumni',
            messages: 4,
            dkim: ['pass example.org google'],
            spf: ['softfail example.org'],
          },
        ],
      }),
    );
    expect(sources.map(({ name, evidence }) => [name, evidence])).toEqual([
      [
        'Google Workspace and Gmail, as you',
        [
          {
            rule: 'own-signature',
            text: 'Your own signature (selector google) passed on 3000 messages.',
            messages: 3000,
          },
          {
            rule: 'own-return-path',
            text: 'SPF passed for a return path of example.org on 3000 messages.',
            messages: 3000,
          },
        ],
      ],
      [
        'Alumni (AS64510), passing your mail on',
        [
          {
            rule: 'selector-travels',
            text: 'Your signature (selector google) is made elsewhere, and came through here on 120 messages.',
            messages: 120,
          },
        ],
      ],
    ]);
  });

  test('questions come in the order of what their answers would change', () => {
    const { questions } = classifyMail(
      mailOf({
        rows: [
          ownWorkspace,
          { source: 'as:64541 Passing', messages: 8, spf: ['pass partner.example'] },
          { source: 'as:64540 Small', messages: 3, spf: ['fail example.org'] },
          { source: 'spf:_spf.x.example Include', messages: 15, spf: ['pass example.org'] },
        ],
      }),
    );
    expect(questions.map(({ sourceId, messages }) => [sourceId, messages])).toEqual([
      ['as:64541#as:partner.example', 240],
      ['spf:_spf.x.example#own', 450],
      ['as:64540#none', 90],
    ]);
    expect(questions[2]?.text).toBe(
      'Small (AS64540), nobody: is this yours? It sent 90 messages in your name on 30 of 30 days, which fail DMARC.',
    );
  });
});
