import type { Correction, RecordProblem } from './findings.ts';
import { isAll, readSpfRecord, writeSpfRecord } from './spf-record.ts';
import { readSpfTerm } from './spf-term.ts';
import type { SpfTerm } from './spf-term.ts';
import { targetOf } from './spf-tree.ts';
import type { SpfNode } from './spf-tree.ts';

const SOFT_ALL = readSpfTerm('~all') as SpfTerm;

/** The record that mends the problem and keeps every other term; null where nobody can know it. */
export function correctedSpfRecord(node: SpfNode, found: RecordProblem): Correction {
  const terms = node.state === 'several' ? merged(node.texts) : mended(node, found);
  if (terms === null) return null;
  return { name: node.domain, type: 'TXT', value: writeSpfRecord(terms) };
}

/** The SPF record without the include (or redirect) of that name; the same text where it has none. */
export function withoutInclude(text: string, domain: string): string {
  const { record } = readSpfRecord(text);
  if (!record) return text;
  return writeSpfRecord(record.terms.filter((term) => !isTarget(term, domain)));
}

/** One record of several: all their mechanisms, and the mildest `all` among them, which loses no mail. */
function merged(texts: readonly string[]): SpfTerm[] {
  const terms = texts.flatMap((text) => readSpfRecord(text).record?.terms ?? []);
  const unique = terms.filter(
    (term, at) => !isAll(term) && terms.findIndex(({ text }) => text === term.text) === at,
  );
  const strict = terms.filter(isAll).every(({ text }) => text === '-all') && terms.some(isAll);
  return [...unique, strict ? (readSpfTerm('-all') as SpfTerm) : SOFT_ALL];
}

function mended({ record, domain }: SpfNode, { id, values }: RecordProblem): SpfTerm[] | null {
  if (id === 'spf-absent') return [...absentTerms(), SOFT_ALL];
  if (!record) return null;
  const { terms } = record;
  const term = String(values['term'] ?? '');
  const named = String(values['domain'] ?? '');
  switch (id) {
    case 'spf-syntax':
      return terms;
    case 'spf-all-plus':
    case 'spf-all-neutral':
    case 'spf-no-all':
      return [...terms.filter((each) => !isAll(each)), SOFT_ALL];
    case 'spf-modifier-twice':
      return withoutRepeats(
        terms,
        ({ kind, name }) => kind === 'modifier' && name === values['name'],
      );
    case 'spf-duplicate':
      return withoutRepeats(terms, ({ text }) => text.toLowerCase().replace(/^\+/, '') === term);
    case 'spf-after-all':
    case 'spf-redirect-ignored':
      return terms.filter((each) => isUsed(each, record.mechanisms));
    case 'spf-ptr':
      return terms.filter(({ text }) => text !== term);
    case 'spf-void-term':
    case 'spf-mx-names':
      return named === domain ? terms.filter(({ text }) => text !== term) : null;
    case 'spf-include-absent':
    case 'spf-include-passes-all':
    case 'spf-include-loop':
    case 'spf-include-nested':
      return terms.some((each) => isTarget(each, named))
        ? terms.filter((each) => !isTarget(each, named))
        : null;
    default:
      return null;
  }
}

function absentTerms(): SpfTerm[] {
  return [readSpfTerm('mx') as SpfTerm];
}

function isUsed(term: SpfTerm, mechanisms: readonly SpfTerm[]): boolean {
  return term.kind === 'mechanism' ? mechanisms.includes(term) : term.name !== 'redirect';
}

function isTarget(term: SpfTerm, domain: string): boolean {
  return targetOf(term)?.toLowerCase().replace(/\.$/, '') === domain.toLowerCase();
}

function withoutRepeats(terms: readonly SpfTerm[], isOne: (term: SpfTerm) => boolean): SpfTerm[] {
  const first = terms.findIndex(isOne);
  return terms.filter((term, at) => at <= first || !isOne(term));
}
