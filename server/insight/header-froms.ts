import type { ClassifiedSource } from '../analysis/classified.ts';
import type { DomainMail } from '../store/domain-mail.ts';
import type { SourceList } from './insight.ts';
import { type Days, messagesWithin, streamsOf } from './source-sums.ts';

/** Names in the From line over some days, most messages first. */
export function headerFroms(
  mail: DomainMail,
  sources: readonly ClassifiedSource[],
  range: Days,
): SourceList['headerFroms'] {
  const sums = new Map<string | null, SourceList['headerFroms'][number]>();
  for (const source of sources) {
    for (const stream of streamsOf(mail, source)) {
      const messages = messagesWithin(stream, range);
      if (messages === 0) continue;
      const domain = stream.shape.identifiers.headerFrom;
      const none = { domain, messages: 0, dmarcAligned: 0, ownMessages: 0, ownAligned: 0 };
      const sum = sums.get(domain) ?? none;
      sums.set(domain, sum);
      const { dkimAligned, spfAligned } = stream.shape.policyEvaluated;
      const aligned = dkimAligned === true || spfAligned === true ? messages : 0;
      sum.messages += messages;
      sum.dmarcAligned += aligned;
      if (source.class !== 'own') continue;
      sum.ownMessages += messages;
      sum.ownAligned += aligned;
    }
  }
  return [...sums.values()].sort(
    (a, b) => b.messages - a.messages || ((a.domain ?? '') < (b.domain ?? '') ? -1 : 1),
  );
}
