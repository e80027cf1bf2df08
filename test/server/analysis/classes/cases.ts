import { expect } from 'vitest';
import { catalogue } from '../../../../server/analysis/catalogue/catalogue.ts';
import { knownServices } from '../../../../server/analysis/service-facts.ts';
import type { Service } from '../../../../server/analysis/service.ts';
import type { MailRow, MailSpec } from '../mail/story.ts';
import { classesOf } from './context.ts';

const service = (id: string, kind: Service['kind'], returnPath: string): Service => ({
  ...{ id, name: id, kind, tenancyPattern: null, alignDkim: null, alignSpf: null },
  documents: [{ source: 'https://docs.example/', dated: null, returnPathSuffixes: [returnPath] }],
});

/** The catalogue, with a filter known by its network and a forwarder known by its return path. */
const services = knownServices([
  ...catalogue,
  {
    ...service('test-filter', 'security-gateway', 'filter.example'),
    documents: [{ source: 'https://docs.example/', dated: null, asns: [64_999] }],
  },
  service('test-forwarder', 'forwarder', 'srs.example'),
]);

/** Mail, and the class of each of its sources. */
export interface Case {
  about: string;
  rows: MailRow[];
  classes: Record<string, string>;
  spec?: Partial<MailSpec>;
}

export const cases = (all: readonly Case[]) => all.map((one) => [one.about, one] as const);

export const check = (_: string, { rows, classes, spec }: Case) => {
  expect(classesOf(rows, { services }, spec)).toEqual(classes);
};
