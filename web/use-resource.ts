import { useEffect, useRef, useState } from 'preact/hooks';
import { type ApiError, type Resource, get } from './api.ts';
import { storedVersion } from './live.ts';

/** What is known of a resource. The last value stays while a newer one is awaited. */
export interface Loaded<T> {
  value: T | null;
  error: ApiError | null;
  /** The value belongs to an earlier question, or there is none yet. */
  loading: boolean;
  reload: () => void;
}

/** While reports pour in, numbers are asked for no more often than this. */
const REFRESH_MS = 2000;

/**
 * Asks for a resource when its address changes, and again when reports were committed.
 * A page that shows other things than before should be keyed, or the old value stays meanwhile.
 */
export function useResource<T>(resource: Resource<T>): Loaded<T> {
  const [state, setState] = useState<{ path: string; value: T | null; error: ApiError | null }>({
    path: '',
    value: null,
    error: null,
  });
  const [asked, setAsked] = useState(0);
  const reload = (): void => setAsked((count) => count + 1);
  useRefresh(reload);

  useEffect(() => {
    const abort = new AbortController();
    void get(resource, abort.signal).then((answer) => {
      if (abort.signal.aborted) return;
      setState((before) => {
        if (answer.ok) return { path: resource.path, value: answer.value, error: null };
        // A refresh that found nobody leaves the numbers; the line across the top says why.
        if (answer.error.status === 0 && before.path === resource.path && before.value !== null) {
          return before;
        }
        return { path: resource.path, value: null, error: answer.error };
      });
    });
    return () => abort.abort();
  }, [resource.path, asked]);

  return {
    value: state.value,
    error: state.path === resource.path ? state.error : null,
    loading: state.path !== resource.path,
    reload,
  };
}

/** Calls `reload` after commits, at once for the first and then at most once per REFRESH_MS. */
function useRefresh(reload: () => void): void {
  const version = storedVersion.value;
  const shown = useRef({ version, atMs: 0 });
  useEffect(() => {
    if (shown.current.version === version) return undefined;
    const waitMs = Math.max(0, shown.current.atMs + REFRESH_MS - performance.now());
    const timer = setTimeout(() => {
      shown.current = { version, atMs: performance.now() };
      reload();
    }, waitMs);
    return () => clearTimeout(timer);
  }, [version]);
}
