const GAP_PIXELS = 6;

/** Puts what a button opened under it, and keeps it inside the window. */
export function placeUnder(opened: HTMLElement, button: HTMLElement | null): void {
  if (button === null) return;
  const anchor = button.getBoundingClientRect();
  const room = document.documentElement.clientWidth - opened.offsetWidth - GAP_PIXELS;
  opened.style.left = `${Math.max(GAP_PIXELS, Math.min(anchor.left, room)) + scrollX}px`;
  opened.style.top = `${anchor.bottom + GAP_PIXELS + scrollY}px`;
}
