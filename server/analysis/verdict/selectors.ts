import type { Findings } from './case.ts';

/** Selectors of the domain's own name with an aligned pass in the last days. */
export function selectorsInUse({ mail, at, settings, judgedSources }: Findings): Set<string> {
  const selectors = new Set<string>();
  const from = at - settings.selectorDays;
  for (const source of judgedSources)
    for (const index of source.streams) {
      const stream = mail.streams[index];
      if (stream === undefined || (stream.lastDay ?? 0) <= from) continue;
      if (stream.shape.policyEvaluated.dkimAligned !== true) continue;
      for (const { domain, selector, result } of stream.shape.dkim)
        if (result === 'pass' && domain === mail.domain && selector !== null)
          selectors.add(selector);
    }
  return selectors;
}
