import type { ClassifiedSource } from '../analysis/classified.ts';
import { adviceFor } from '../analysis/verdict/advice.ts';
import type { DomainMail } from '../store/domain-mail.ts';
import type { SourceSums } from './insight.ts';
import { type Days, passedUnaligned, streamsOf, tallyOf } from './source-sums.ts';

/** A source as lists show it. `needsWork`: ids of own sources below the next gate's threshold. */
export function shownSums(
  mail: DomainMail,
  source: ClassifiedSource,
  range: Days,
  needsWork: ReadonlySet<string>,
  addresses: number,
): SourceSums {
  const streams = streamsOf(mail, source);
  const works = needsWork.has(source.id);
  return {
    ...tallyOf(mail, source, range),
    classShown: works ? 'own-needs-work' : source.class,
    addresses,
    passedUnaligned: passedUnaligned(streams, range),
    advice: works ? adviceFor(source, streams, mail.domain) : null,
  };
}
