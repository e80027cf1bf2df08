import type {
  DkimAuthResult,
  PolicyOverrideReason,
  SpfAuthResult,
} from '../../../../ingest/report.ts';

/** 'pass example.org google': result, d=, selector; '-' or nothing: not said. */
export function dkimOf(text: string): DkimAuthResult {
  const [result, domain, selector] = text.split(' ').map(said);
  return {
    domain: domain ?? null,
    selector: selector ?? null,
    result: (result ?? null) as DkimAuthResult['result'],
    humanResult: null,
  };
}

/** 'pass example.org', 'none host.example helo': result, domain, scope (mfrom where not said). */
export function spfOf(text: string): SpfAuthResult {
  const [result, domain, scope] = text.split(' ').map(said);
  return {
    domain: domain ?? null,
    scope: scope === 'helo' ? 'helo' : 'mfrom',
    result: (result ?? null) as SpfAuthResult['result'],
    humanResult: null,
  };
}

/** 'mailing_list', 'local_policy arc=pass'. */
export function reasonOf(text: string): PolicyOverrideReason {
  const [type, ...comment] = text.split(' ');
  return {
    type: (type ?? null) as PolicyOverrideReason['type'],
    comment: comment.length === 0 ? null : comment.join(' '),
  };
}

function said(word: string): string | null {
  return word === '-' ? null : word;
}

/** Registries below which names are given out, as far as the stories use any. */
const REGISTRIES = ['co.uk', 'org.uk', 'com.au'];

/** Alignment by a rule of its own, apart from the code under test. */
export function isAlignedByEye(
  domain: string | null,
  headerFrom: string,
  mode: 'relaxed' | 'strict',
): boolean {
  if (domain === null) return false;
  return mode === 'strict' ? domain === headerFrom : owned(domain) === owned(headerFrom);
}

function owned(name: string): string {
  const labels = name.split('.');
  const registry = REGISTRIES.includes(labels.slice(-2).join('.')) ? 2 : 1;
  return labels.slice(-registry - 1).join('.');
}
