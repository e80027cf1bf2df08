import type { KnownServices } from '../service-facts.ts';
import type { ServiceKind } from '../service.ts';
import { isRegular } from '../rhythm.ts';
import type { Reading } from './reading.ts';
import type { Rule } from './rules.ts';
import type { SourceDraft } from './sources.ts';
import type { Spread } from './spread.ts';
import { type Window, windowDaysOf } from './window.ts';

/** What is known of mail that nothing ties to the owner. */
export interface UntiedGrounds {
  spreads: ReadonlyMap<string, Spread>;
  services: KnownServices;
  window: Window;
  /** Active days from which mail is steady. */
  steadyDays: number;
}

/** A rule with the figures its words need. */
export interface Finding {
  rule: Rule;
  messages: number;
  /** Active days in the window. */
  days: number;
  /** Networks that the shape comes from. */
  networks: number;
}

/** Companies that send their customers' mail in bulk: spoofing through them is the exception. */
const SENDING_KINDS: ReadonlySet<ServiceKind> = new Set([
  'newsletter',
  'transactional',
  'crm',
  'helpdesk',
  'commerce',
  'forms-and-surveys',
  'collaboration',
]);

export function isSendingService(id: string, services: KnownServices): boolean {
  const service = id.startsWith('service:')
    ? services.serviceById(id.slice('service:'.length))
    : null;
  return service !== null && SENDING_KINDS.has(service.kind);
}

/** Whether a stream is one of the crowd: its shape comes from everywhere, and it does not stand out. */
export function isOfTheCrowd(
  { stream, shapeKey }: Reading,
  { spreads, services }: Pick<UntiedGrounds, 'spreads' | 'services'>,
): boolean {
  const spread = spreads.get(shapeKey);
  if (spread?.isScattered !== true || spread.outstanding.has(stream.network.id)) return false;
  return !isSendingService(stream.network.id, services);
}

/**
 * Rules that speak on a source without a tie: unknown where it could be someone whom the owner knows,
 * unauthorised where it is of the crowd or was seen on few days.
 */
export function untiedFindings(draft: SourceDraft, grounds: UntiedGrounds): Finding[] {
  const spreads = spreadsIn(draft, grounds);
  const networks = spreads.reduce((most, spread) => Math.max(most, spread.networks.size), 0);
  if (draft.isScattered) {
    const copied = draft.rules.find(({ rule }) => rule === 'copied-signature')?.messages;
    const messages = draft.messages - (copied ?? 0);
    const isAllCopied = copied !== undefined && messages === 0;
    return isAllCopied ? [] : [{ rule: 'scattered', messages, days: 0, networks }];
  }
  const days = activeDaysOf(draft.readings, grounds.window);
  const finding = (rule: Rule, among: readonly Reading[] = draft.readings): Finding[] => {
    const messages = among.reduce((sum, reading) => sum + reading.messages, 0);
    return among.length === 0 ? [] : [{ rule, messages, days, networks }];
  };
  const asked = [
    ...finding(
      'tenant-unknown',
      draft.readings.filter(({ identity }) => identity.unlearntTenant !== null),
    ),
    ...finding('service-as-itself', asThemselves(draft, grounds.services)),
    ...(spreads.some(({ outstanding }) => outstanding.has(draft.network.id))
      ? finding('outstanding')
      : []),
    ...habit(draft, days, spreads, grounds).flatMap((rule) => finding(rule)),
  ];
  return asked.length > 0 ? asked : finding('few-days');
}

/** The shapes of a source, each once. */
function spreadsIn({ readings }: SourceDraft, { spreads }: UntiedGrounds): Spread[] {
  const found: Spread[] = [];
  for (const { shapeKey } of readings) {
    const spread = spreads.get(shapeKey);
    if (spread !== undefined && !found.includes(spread)) found.push(spread);
  }
  return found;
}

/** A service that signs as itself says nothing of its customer, who may well be the owner. */
function asThemselves({ network, readings }: SourceDraft, services: KnownServices): Reading[] {
  if (!isSendingService(network.id, services)) return [];
  return readings.filter(({ identity }) => identity.isService && identity.domain === null);
}

function habit(
  { readings }: SourceDraft,
  days: number,
  spreads: readonly Spread[],
  { steadyDays }: UntiedGrounds,
): Rule[] {
  // Of a shape from few networks all days count: a sender may use two of them.
  const isSteadyShape = ({ isScattered, activeDays }: Spread) =>
    !isScattered && activeDays >= steadyDays;
  if (days >= steadyDays || spreads.some(isSteadyShape)) return ['steady'];
  const all = readings.flatMap(({ stream }) =>
    stream.timed ? [...stream.olderDays, ...stream.days] : [],
  );
  return isRegular(all) ? ['regular'] : [];
}

function activeDaysOf(readings: readonly Reading[], window: Window): number {
  const [first, second] = readings;
  if (first !== undefined && second === undefined) return windowDaysOf(first.stream, window).length;
  return new Set(readings.flatMap(({ stream }) => windowDaysOf(stream, window))).size;
}
