import AdmZip from 'adm-zip';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

import { addExpected, nothingExpected } from './expected.ts';
import { generateReports } from './reports.ts';
import { xmlProblem } from './well-formed.ts';

const reports = [...generateReports({ seed: 1, reports: 1000 })];
const records = reports.map(({ expected }) => expected.records).sort((a, b) => a - b);
const total = records.reduce((sum, n) => sum + n, 0);

describe('generated reports', () => {
  test('are the same for the same seed, and others for another', () => {
    const again = [...generateReports({ seed: 1, reports: 20 })];
    expect(again.map(({ xml }) => xml)).toEqual(reports.slice(0, 20).map(({ xml }) => xml));
    const [other] = generateReports({ seed: 2, reports: 1 });
    expect(other?.xml).not.toBe(reports[0]?.xml);
  });

  test('come in the order of their days where that is asked for', () => {
    const inOrder = generateReports({ seed: 1, reports: 90, days: 30, isInOrder: true });
    const days = [...inOrder].map(({ report }) => report.metadata.dateRange.beginSeconds ?? NaN);
    expect(days).toEqual([...days].sort((a, b) => a - b));
    expect(new Set(days).size).toBe(30);
  });

  test('have the sizes that real ones have', () => {
    expect(records[500]).toBe(3);
    expect(total / reports.length).toBeGreaterThan(6.5);
    expect(total / reports.length).toBeLessThan(10.5);
    expect(records.at(-1)).toBeGreaterThan(100);
    expect(records.at(-1)).toBeLessThanOrEqual(450);
  });

  test('have one record body in six records', () => {
    const profiles = new Set(reports.flatMap(({ report }) => report.profiles));
    expect(total / profiles.size).toBeGreaterThan(5.5);
    expect(total / profiles.size).toBeLessThan(6.5);
    const texts = new Set([...profiles].map((profile) => JSON.stringify(profile)));
    expect(texts.size).toBe(profiles.size);
  });

  test('come from 30 reporters for 10 domains, with at most 400 addresses of both families', () => {
    expect(new Set(reports.map(({ report }) => report.metadata.orgName)).size).toBe(30);
    expect(new Set(reports.map(({ report }) => report.policyPublished.domain)).size).toBe(10);
    const addresses = new Set(
      reports.flatMap(({ report }) => report.rows.map(({ sourceIp }) => sourceIp)),
    );
    expect(addresses.size).toBeLessThanOrEqual(400);
    expect([...addresses].filter((address) => address.includes(':')).length).toBeGreaterThan(20);
  });

  test('mix both dialects, and end on the given day', () => {
    expect(new Set(reports.map(({ report }) => report.dialect)).size).toBe(2);
    const ends = reports.map(({ report }) => report.metadata.dateRange.endSeconds ?? 0);
    expect(Math.max(...ends)).toBe(Date.parse('2026-10-31T23:59:59Z') / 1000);
  });

  test('are half gzip, half zip, and unpack to their XML', () => {
    for (const { name, packed, xml } of reports.slice(0, 100)) {
      const unpacked = name.endsWith('.zip')
        ? (new AdmZip(packed).getEntries()[0]?.getData() ?? Buffer.alloc(0))
        : gunzipSync(packed);
      expect(unpacked.toString()).toBe(xml);
    }
    expect(reports.filter(({ name }) => name.endsWith('.zip'))).toHaveLength(500);
  });

  test('are well-formed, and expect what their text says', () => {
    for (const { xml, expected } of reports.slice(0, 200)) {
      expect(xmlProblem(xml)).toBeNull();
      const counts = [...xml.matchAll(/<count>(\d+)<\/count>/g)].map(([, count]) => Number(count));
      expect(counts).toHaveLength(expected.records);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected.messages);
    }
  });

  test('expect every alignment, DMARC being either', () => {
    const sum = nothingExpected();
    for (const { expected } of reports) addExpected(sum, expected);
    expect(sum.records).toBe(total);
    expect(sum.dmarcAligned).toBeGreaterThan(Math.max(sum.dkimAligned, sum.spfAligned));
    expect(sum.dmarcAligned).toBeLessThan(Math.min(sum.messages, sum.dkimAligned + sum.spfAligned));
  });
});
