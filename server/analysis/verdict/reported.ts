import type {
  DomainMail,
  MailClass,
  MailStream,
  StreamReporterDay,
} from '../../store/domain-mail.ts';
import type { Classification } from '../classify.ts';
import { operatorReader, type OperatorName } from './operators.ts';

/**
 * What vouches that reports arrive: mail that passes, and mail that others passed on or that has no
 * class yet. Unauthorised mail vouches for nothing, or whoever sends it could fill or thin out the
 * reports; nor does failing mail of one's own, or one failure more could complete them.
 */
export interface Reported {
  operators: readonly ReportingOperator[];
  /** Days with a report that vouches, ascending. */
  days: readonly number[];
  /** Messages by operator and day of all but unauthorised mail, failing mail of one's own too. */
  heard: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

export interface ReportingOperator extends OperatorName {
  /** Messages that vouch by day, days ascending. */
  days: ReadonlyMap<number, number>;
  firstDay: number;
  lastDay: number;
  messages: number;
}

/**
 * The streams to ask the store about by reporter and day, for `reportedOf` and for the share of
 * receivers that honour t=y: those that do not show in the aligned sums as they should.
 */
export function streamsToAskAbout(mail: DomainMail, classification: Classification): number[] {
  const asks = (stream: MailStream, index: number): boolean => {
    const isStrange = classOfStream(classification, index) === 'unauthorised';
    return isAligned(stream) ? isStrange : !isStrange || saysTestMode(stream);
  };
  return mail.streams.filter(asks).map(({ id }) => id);
}

export function reportedOf(
  mail: DomainMail,
  classification: Classification,
  told: readonly StreamReporterDay[],
): Reported {
  const operatorOf = operatorReader();
  const timed = timedDays(mail, operatorOf);
  const vouching = dayTally();
  const heard = dayTally();
  const add = (one: ToldBy, messages: number, vouches: number, isHeard: number): void => {
    const name = operatorOf(one.orgName, one.email);
    if (timed.get(name.id)?.has(one.day) !== true) return;
    vouching.add(name, one.day, vouches * messages);
    heard.add(name, one.day, isHeard * messages);
  };
  for (const day of mail.reporterDays) add(day, day.dmarcAligned, 1, 1);
  const weights = weightByStreamId(mail, classification, told);
  for (const one of told) {
    const weight = weights.get(one.streamId);
    if (weight !== undefined) add(one, one.messages, weight.vouches, weight.isHeard);
  }
  const operators = vouching.all().flatMap(({ name, days }) => operatorOver(name, days));
  return {
    operators: operators.sort((a, b) => b.messages - a.messages || (a.id < b.id ? -1 : 1)),
    days: [...new Set(operators.flatMap(({ days }) => [...days.keys()]))].sort((a, b) => a - b),
    heard: new Map(heard.all().map(({ name, days }) => [name.id, days])),
  };
}

type ToldBy = Pick<StreamReporterDay, 'orgName' | 'email' | 'day'>;

interface OperatorDays {
  name: OperatorName;
  days: Map<number, number>;
}

function dayTally(): {
  add: (name: OperatorName, day: number, messages: number) => void;
  all: () => OperatorDays[];
} {
  const sums = new Map<string, OperatorDays>();
  return {
    add: (name, day, messages) => {
      if (messages === 0) return;
      const operator = sums.get(name.id) ?? { name, days: new Map<number, number>() };
      operator.days.set(day, (operator.days.get(day) ?? 0) + messages);
      // Of several names of one operator the same one whatever the order.
      if (name.name < operator.name.name) operator.name = name;
      sums.set(name.id, operator);
    },
    all: () => [...sums.values()],
  };
}

function operatorOver(name: OperatorName, sums: ReadonlyMap<number, number>): ReportingOperator[] {
  const days = [...sums].filter(([, messages]) => messages > 0).sort(([a], [b]) => a - b);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const messages = days.reduce((sum, [, count]) => sum + count, 0);
  return [{ ...name, days: new Map(days), firstDay: first[0], lastDay: last[0], messages }];
}

/** Days that reports of up to 48 hours touch, by operator; longer ones tell of no day. */
function timedDays(
  mail: DomainMail,
  operatorOf: ReturnType<typeof operatorReader>,
): Map<string, Set<number>> {
  const days = new Map<string, Set<number>>();
  for (const report of mail.reports) {
    if (!isTimed(report)) continue;
    const { id } = operatorOf(report.orgName, report.email);
    const known = days.get(id) ?? new Set<number>();
    for (let day = report.firstDay; day <= report.lastDay; day += 1) known.add(day);
    days.set(id, known);
  }
  return days;
}

const LONGEST_TIMED_SECONDS = 48 * 3600;

type ReportFact = DomainMail['reports'][number];

/** Tells of time: has days, ends after it begins, and spans at most 48 hours. */
export function isTimed(
  report: ReportFact,
): report is ReportFact & { firstDay: number; lastDay: number; endSeconds: number } {
  const { beginSeconds, endSeconds, firstDay, lastDay } = report;
  if (beginSeconds === null || endSeconds === null || firstDay === null || lastDay === null)
    return false;
  return endSeconds > beginSeconds && endSeconds - beginSeconds <= LONGEST_TIMED_SECONDS;
}

interface Weight {
  vouches: number;
  isHeard: number;
}

/** What the messages of the streams told of add to those that are known to be aligned. */
function weightByStreamId(
  mail: DomainMail,
  classification: Classification,
  told: readonly StreamReporterDay[],
): Map<number, Weight> {
  const ids = new Set(told.map(({ streamId }) => streamId));
  const weights = new Map<number, Weight>();
  mail.streams.forEach((stream, index) => {
    if (!ids.has(stream.id)) return;
    const weight = weightOf(stream, classOfStream(classification, index));
    weights.set(stream.id, stream.timed ? weight : { vouches: 0, isHeard: 0 });
  });
  return weights;
}

function weightOf(stream: MailStream, name: MailClass | undefined): Weight {
  const others = name === 'forwarder' || name === 'unknown' ? 1 : 0;
  const corrects = name === 'unauthorised' ? -1 : 0;
  return isAligned(stream)
    ? { vouches: corrects, isHeard: corrects }
    : { vouches: others, isHeard: name === 'own' ? 1 : others };
}

function classOfStream(
  { sources, sourceOfStream }: Classification,
  index: number,
): MailClass | undefined {
  return sources[sourceOfStream[index] ?? -1]?.class;
}

function isAligned({ shape: { policyEvaluated } }: MailStream): boolean {
  return policyEvaluated.dkimAligned === true || policyEvaluated.spfAligned === true;
}

export function saysTestMode({ shape }: MailStream): boolean {
  return shape.policyEvaluated.reasons.some(({ type }) => type === 'policy_test_mode');
}
