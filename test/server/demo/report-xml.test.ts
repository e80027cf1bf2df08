import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';

import { demoDocuments } from '../../../server/demo/generate.ts';
import { type ReportHead, renderHead, renderReport } from '../../../server/demo/report-xml.ts';
import { xmlProblem } from '../../generate/well-formed.ts';

const head: ReportHead = {
  dialect: 'rfc9990',
  version: null,
  metadata: {
    orgName: 'Fish & <Chips>',
    email: null,
    extraContactInfo: null,
    reportId: 'r1',
    dateRange: { begin: '1', end: '2', beginSeconds: 1, endSeconds: 2 },
    errors: ['first', 'second'],
    generator: 'maker/1',
  },
  policyPublished: {
    domain: 'example.org',
    p: 'none',
    sp: null,
    np: 'reject',
    adkim: 'strict',
    aspf: 'relaxed',
    pct: 100,
    fo: null,
    testing: true,
    discoveryMethod: 'psl',
  },
};

const parsed = (xml: string): unknown => new XMLParser({ parseTagValue: false }).parse(xml);

describe('a report as XML', () => {
  test('is well-formed for every document of the demo', () => {
    for (const { report } of demoDocuments('2026-11-22'))
      expect(xmlProblem(renderReport(report))).toBeNull();
  });

  test('escapes text, leaves out what is null, and keeps to the elements of RFC 9990', () => {
    const xml = `${renderHead(head)}</feedback>`;
    expect(xml).toContain('xmlns="urn:ietf:params:xml:ns:dmarc-2.0"');
    expect(parsed(xml)).toMatchObject({
      feedback: {
        report_metadata: {
          org_name: 'Fish & <Chips>',
          report_id: 'r1',
          date_range: { begin: '1', end: '2' },
          error: ['first', 'second'],
          generator: 'maker/1',
        },
        policy_published: {
          domain: 'example.org',
          adkim: 's',
          aspf: 'r',
          p: 'none',
          np: 'reject',
          testing: 'y',
          discovery_method: 'psl',
        },
      },
    });
    for (const absent of ['<version>', '<email>', '<pct>', '<sp>', '<fo>'])
      expect(xml).not.toContain(absent);
  });

  test('keeps to the elements of RFC 7489', () => {
    const xml = renderHead({ ...head, dialect: 'rfc7489', version: '1.0' });
    expect(xml).toContain('<feedback>\n');
    expect(xml).toContain('<version>1.0</version>');
    expect(xml).toContain('<pct>100</pct>');
    for (const absent of ['<generator>', '<np>', '<testing>', '<discovery_method>'])
      expect(xml).not.toContain(absent);
  });

  test('a row writes its address, its count and all of its profile', () => {
    const xml = renderReport({
      ...head,
      profiles: [
        {
          policyEvaluated: {
            disposition: 'quarantine',
            dkimAligned: null,
            spfAligned: false,
            reasons: [{ type: 'mailing_list', comment: 'a > b' }],
          },
          identifiers: { headerFrom: 'example.org', envelopeFrom: '', envelopeTo: null },
          dkim: [{ domain: 'a.example', selector: 's', result: 'fail', humanResult: 'body' }],
          spf: [{ domain: 'b.example', scope: 'helo', result: 'softfail', humanResult: null }],
        },
      ],
      rows: [{ position: 0, sourceIp: '2001:db8::1', count: 7, profile: 0 }],
    });
    expect(parsed(xml)).toMatchObject({
      feedback: {
        record: {
          row: {
            source_ip: '2001:db8::1',
            count: '7',
            policy_evaluated: {
              disposition: 'quarantine',
              spf: 'fail',
              reason: { type: 'mailing_list', comment: 'a > b' },
            },
          },
          identifiers: { header_from: 'example.org', envelope_from: '' },
          auth_results: {
            dkim: { domain: 'a.example', selector: 's', result: 'fail', human_result: 'body' },
            spf: { domain: 'b.example', scope: 'helo', result: 'softfail' },
          },
        },
      },
    });
    expect(xml).not.toContain('<envelope_to>');
  });
});
