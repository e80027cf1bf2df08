import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api.ts';
import type { Loaded } from '../use-resource.ts';

interface ShowProps<T> {
  of: Loaded<T>;
  /** How much room to keep while the value is awaited, so that nothing jumps. */
  room: 'line' | 'summary' | 'chart' | 'table';
  children: (value: T) => ComponentChildren;
}

/** A part of a page that waits for its own numbers and fails on its own. */
export function Show<T>({ of, room, children }: ShowProps<T>) {
  if (of.error !== null) return <Failure error={of.error} reload={of.reload} />;
  if (of.value === null) {
    return (
      <div class={`waiting waiting-${room}`} aria-busy="true">
        <span class="visually-hidden">Loading</span>
      </div>
    );
  }
  return (
    <div class={of.loading ? 'outdated' : undefined} aria-busy={of.loading}>
      {children(of.value)}
    </div>
  );
}

/** What went wrong in this part, in the server's own words, and the way to try again. */
export function Failure({ error, reload }: { error: ApiError; reload: () => void }) {
  return (
    <div class="failure" role="alert">
      <p>{error.message}</p>
      <button type="button" onClick={reload}>
        Try again
      </button>
    </div>
  );
}
