import type { ErrorResponse } from '../server/api/contract-base.ts';

/** Why an answer did not come: the server's own words, or ours where it could not be reached. */
export interface ApiError extends ErrorResponse {
  /** HTTP status; 0 where there was no answer at all. */
  status: number;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ApiError };

/** Address of something to GET, with the type of its answer, which exists for the compiler alone. */
export interface Resource<T> {
  readonly path: string;
  readonly answer?: T;
}

/** Something to POST, PUT or DELETE, with the type of its answer. */
export interface Action<T> extends Resource<T> {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON; a file is sent as it is. */
  readonly body: object;
}

export function get<T>(resource: Resource<T>, signal: AbortSignal): Promise<Answer<T>> {
  return ask<T>(resource.path, { signal, headers: { accept: 'application/json' } });
}

export function send<T>(action: Action<T>): Promise<Answer<T>> {
  const file = action.body instanceof Blob ? action.body : null;
  return ask<T>(action.path, {
    method: action.method,
    headers: {
      accept: 'application/json',
      'content-type': file === null ? 'application/json' : 'application/octet-stream',
    },
    body: file ?? JSON.stringify(action.body),
  });
}

/**
 * The beginning of a text, at most `mostBytes` of it: raw reports may have hundreds of megabytes.
 */
export async function getTextStart(
  path: string,
  mostBytes: number,
): Promise<Answer<{ text: string; cut: boolean }>> {
  try {
    const response = await fetch(path);
    if (!response.ok || response.body === null) {
      return { ok: false, error: await errorOf(response) };
    }
    return { ok: true, value: await readStart(response.body.getReader(), mostBytes) };
  } catch {
    return { ok: false, error: unreachable };
  }
}

async function readStart(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  mostBytes: number,
): Promise<{ text: string; cut: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  let left = mostBytes;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), cut: false };
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
    if (left < 0) {
      await reader.cancel();
      return { text, cut: true };
    }
  }
}

const unreachable: ApiError = {
  code: 'unreachable',
  status: 0,
  message: 'Ruadmap does not answer. Check that it is still running, then try again.',
};

/** The one place where an answer gets its type: the server validates what it sends against the contract. */
async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, init);
    if (!response.ok) return { ok: false, error: await errorOf(response) };
    const text = await response.text();
    return { ok: true, value: (text === '' ? null : JSON.parse(text)) as T };
  } catch {
    return { ok: false, error: unreachable };
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const fallback = {
    code: 'unexpected',
    message: `The server answered with status ${response.status} and no explanation. Its log may tell more.`,
  };
  const said = (await response.json().catch(() => null)) as Partial<ErrorResponse> | null;
  return {
    code: said?.code ?? fallback.code,
    message: said?.message ?? fallback.message,
    status: response.status,
  };
}
