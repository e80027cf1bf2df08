import { computed, signal } from '@preact/signals';
import { isDay, type Period, periodOf } from './period.ts';
import { routeOf, withQuery } from './routes.ts';

/** The address as the page sees it; every page reads its filter from here. */
export const address = signal(new URL(location.href));
export const route = computed(() => routeOf(address.value.pathname));
export const query = computed(() => address.value.searchParams);
/** The period that the address names; null stands for the default one. */
export const chosenPeriod = computed<Period | null>(() => periodOf(query.value));

/** The day whose verdict the address asks for; null is the newest. */
export const chosenAt = computed<string | null>(() => {
  const at = query.value.get('at') ?? '';
  return isDay(at) ? at : null;
});

let navigated = false;
/** Whether the reader has moved inside the page, as opposed to having just opened it. */
export const hasNavigated = (): boolean => navigated;

/** Goes to an address of ours. `replace` leaves no step in the history, for typing into a filter. */
export function navigate(href: string, how: 'push' | 'replace' = 'push'): void {
  const next = new URL(href, location.href);
  const samePath = next.pathname === address.value.pathname;
  if (how === 'push') history.pushState(null, '', next);
  else history.replaceState(null, '', next);
  navigated = true;
  address.value = next;
  if (!samePath) scrollTo(0, 0);
}

/** Sets or, with null or '', drops single parts of the query. */
export function changeQuery(
  changes: Record<string, string | null>,
  how: 'push' | 'replace' = 'replace',
): void {
  const kept = Object.fromEntries(query.value);
  navigate(withQuery(address.value.pathname, { ...kept, ...changes }), how);
}

export function startNavigation(): void {
  addEventListener('popstate', () => {
    navigated = true;
    address.value = new URL(location.href);
  });
  document.addEventListener('click', (event) => {
    const href = ownHref(event);
    if (href === null) return;
    event.preventDefault();
    navigate(href);
  });
}

/** The address of a plainly clicked link to one of our pages; null for everything else. */
function ownHref(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.target !== '' || link.hasAttribute('download')) return null;
  const href = link.getAttribute('href') ?? '';
  return href.startsWith('/') && !href.startsWith('/api/') ? href : null;
}
