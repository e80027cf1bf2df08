import { defineConfig } from 'vitest/config';

/** Not among the ordinary tests: each of these runs many of those, and takes minutes. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.run.ts'],
    hookTimeout: 60_000,
  },
});
