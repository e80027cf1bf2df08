import { signal } from '@preact/signals';

/** Unix seconds now, renewed twice a minute, so that "4 h ago" stays true. The only clock of the page. */
export const nowSeconds = signal(Math.floor(Date.now() / 1000));

export function startClock(): void {
  setInterval(() => {
    nowSeconds.value = Math.floor(Date.now() / 1000);
  }, 30_000);
}
