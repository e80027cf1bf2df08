import type { ApiError } from '../api.ts';

/** Why something that was said was not taken, in the server's own words. */
export function ActionError({ error }: { error: ApiError | null }) {
  return <span role="alert">{error !== null && <span class="failed">{error.message}</span>}</span>;
}
