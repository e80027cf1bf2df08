import { useEffect, useState } from 'preact/hooks';
import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { get } from '../api.ts';
import { verdict } from '../endpoints-insight.ts';
import { storedVersion } from '../live.ts';

/** Answers at once for a list of domains, without asking for more than a few at a time. */
const AT_ONCE = 3;
/** While reports pour in, a long list is not asked for anew with each of them. */
const SETTLE_MS = 4000;

export interface Verdicts {
  known: ReadonlyMap<string, VerdictResponse>;
  /** How many are still being asked for. */
  waiting: number;
}

/** The verdict of each of these domains, as they come in; one that fails stays unknown. */
export function useVerdicts(names: readonly string[]): Verdicts {
  const [state, setState] = useState<Verdicts>({ known: new Map(), waiting: names.length });
  const list = names.join(' ');
  const version = storedVersion.value;
  useEffect(() => {
    const abort = new AbortController();
    const queue = [...names];
    setState(({ known }) => ({ known, waiting: queue.length }));
    const work = async (): Promise<void> => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        const asked = name;
        const answer = await get(verdict(asked, null), abort.signal);
        if (abort.signal.aborted) return;
        setState(({ known, waiting }) => ({
          known: answer.ok ? new Map(known).set(asked, answer.value) : known,
          waiting: Math.max(0, waiting - 1),
        }));
      }
    };
    const timer = setTimeout(
      () => {
        for (let place = 0; place < AT_ONCE; place++) void work();
      },
      version === 0 ? 0 : SETTLE_MS,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [list, version]);
  return state;
}
