import { describe, test } from 'vitest';
import type { MailRow } from '../mail/story.ts';
import { cases, check } from './cases.ts';
import { botnet, ownWorkspace } from './context.ts';

describe('forwarders pass own mail on', () => {
  const travelled: MailRow = {
    source: 'as:64510 Alumni',
    messages: 4,
    dkim: ['pass example.org google'],
    spf: ['softfail example.org'],
  };

  test.each(
    cases([
      {
        about: 'the selector travels: it passes, but is made elsewhere',
        rows: [ownWorkspace, travelled],
        classes: { 'service:google#own': 'own', 'as:64510#forwarded': 'forwarder' },
      },
      {
        about: 'a broken signature with a known selector',
        rows: [ownWorkspace, { ...travelled, dkim: ['fail example.org google'] }],
        classes: { 'service:google#own': 'own', 'as:64510#forwarded': 'forwarder' },
      },
      {
        about: 'scattered small counts are forwarding, with the signature',
        rows: [
          ownWorkspace,
          ...botnet(14, { days: [-3, -3], messages: 1, dkim: ['fail example.org google'] }),
        ],
        classes: {
          'service:google#own': 'own',
          ...Object.fromEntries(
            Array.from({ length: 14 }, (_, index) => [
              `as:${64_600 + index}#forwarded`,
              'forwarder',
            ]),
          ),
        },
      },
      {
        about: 'a mailing list, with its return path and a broken signature',
        rows: [
          ownWorkspace,
          {
            source: 'as:64511 Lists',
            messages: 6,
            dkim: ['fail example.org google', 'pass lists.example.net list'],
            spf: ['pass lists.example.net'],
          },
        ],
        classes: { 'service:google#own': 'own', 'as:64511#forwarded': 'forwarder' },
      },
      {
        about: 'most mail seen through a list: the key stays at home where SPF anchors it',
        rows: [
          { ...ownWorkspace, messages: 2 },
          {
            source: 'as:64511 Lists',
            messages: 200,
            dkim: ['pass example.org google'],
            spf: ['pass lists.example.net'],
          },
        ],
        classes: { 'service:google#own': 'own', 'as:64511#forwarded': 'forwarder' },
      },
      {
        about: 'a list at the very service that the owner uses',
        rows: [
          ownWorkspace,
          {
            source: 'service:google',
            messages: 3,
            dkim: ['fail example.org google'],
            spf: ['pass lists.example.net'],
          },
        ],
        classes: { 'service:google#own': 'own', 'service:google#forwarded': 'forwarder' },
      },
      {
        about: "a recipient's filter that broke a known selector",
        rows: [
          ownWorkspace,
          { source: 'service:test-filter', messages: 3, dkim: ['fail example.org google'] },
        ],
        classes: { 'service:google#own': 'own', 'service:test-filter#forwarded': 'forwarder' },
      },
      {
        about: 'such a filter that is known by its own network alone',
        rows: [
          ownWorkspace,
          { source: 'as:64999 Filter', messages: 3, dkim: ['fail example.org google'] },
        ],
        classes: { 'service:google#own': 'own', 'as:64999#forwarded': 'forwarder' },
      },
      {
        about: 'what a receiver calls a list, a forward, a trusted forwarder, or an ARC chain',
        rows: ['mailing_list', 'forwarded', 'trusted_forwarder', 'local_policy arc=pass'].map(
          (reason, index) => ({ source: `as:${64_520 + index}`, messages: 1, reasons: [reason] }),
        ),
        classes: {
          'as:64520#forwarded': 'forwarder',
          'as:64521#forwarded': 'forwarder',
          'as:64522#forwarded': 'forwarder',
          'as:64523#forwarded': 'forwarder',
        },
      },
      {
        about: 'a return path that is known for forwarding',
        rows: [{ source: 'as:64530', messages: 1, spf: ['pass a.srs.example'] }],
        classes: { 'as:64530#forwarded': 'forwarder' },
      },
      {
        about: 'a default signature for the customer away from the service',
        rows: [
          {
            source: 'as:64531',
            messages: 1,
            dkim: ['pass example-org.20230601.gappssmtp.com 20230601'],
          },
        ],
        classes: { 'as:64531#forwarded': 'forwarder' },
      },
      {
        about: 'not where an override has nothing to do with the way the mail took',
        rows: [{ source: 'as:64532', messages: 1, reasons: ['local_policy', 'sampled_out'] }],
        classes: { 'as:64532#none': 'unknown' },
      },
      {
        about:
          'not where a selector never passed anywhere: anyone can write a signature that fails',
        rows: [
          ownWorkspace,
          { source: 'as:64533', on: [-3], messages: 1, dkim: ['fail example.org invented'] },
        ],
        classes: { 'service:google#own': 'own', 'as:64533#none': 'unauthorised' },
      },
      {
        about: 'not where nothing was signed: "none" is how reporters say so',
        rows: [
          ownWorkspace,
          { source: 'as:64534', on: [-3], messages: 1, dkim: ['none example.org google'] },
        ],
        classes: { 'service:google#own': 'own', 'as:64534#none': 'unauthorised' },
      },
    ]),
  )('%s', check);
});
