import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { verdict } from '../endpoints-insight.ts';
import { formatPeriod } from '../format.ts';
import { chosenAt } from '../navigation.ts';
import { domainPartHref, withQuery } from '../routes.ts';
import { useResource } from '../use-resource.ts';
import { Show } from '../parts/show.tsx';
import { earliestSentence, littleMailSentence } from '../words/verdict-words.ts';
import { Blockers } from './blockers.tsx';
import { GateList } from './gate-list.tsx';
import { furtherQuestions } from './further-questions.ts';
import { Questions } from './questions.tsx';
import { NextRecord } from './next-record.tsx';
import { AsOf } from './as-of.tsx';
import { SendsNothing } from './sends-nothing.tsx';
import { Shares } from './shares.tsx';

/** May the policy be tightened? One sentence, what stands in the way, the evidence, the next step. */
export function VerdictCard({ domain }: { domain: string }) {
  const loaded = useResource(verdict(domain, chosenAt.value));
  // A domain that is not known is told once, by the page itself.
  if (loaded.error?.status === 404) return null;
  return (
    <section class="verdict" aria-labelledby="verdict">
      <Show of={loaded} room="table">
        {(answer) => (
          <>
            <AsOf answer={answer} />
            <Card answer={answer} />
          </>
        )}
      </Show>
    </section>
  );
}

function Card({ answer }: { answer: VerdictResponse }) {
  return (
    <>
      <Answer answer={answer} />
      <SendsNothing answer={answer} />
      <Blockers answer={answer} />
      <Questions domain={answer.domain} questions={furtherQuestions(answer)} />
      <NextRecord answer={answer} />
      <WorthKnowing answer={answer} />
      <Shares answer={answer} />
      <GateList answer={answer} />
      <BlindSpots answer={answer} />
      <p class="verdict-foot">
        <a href={domainPartHref(answer.domain, 'what-if')}>Try another policy</a>
        <a href={withQuery(domainPartHref(answer.domain, 'proof'), { at: chosenAt.value })}>
          Proof sheet to print
        </a>
        <span class="soft">Reports of {formatPeriod(answer.window.from, answer.window.to)}</span>
      </p>
    </>
  );
}

/** The answer and what goes with it: also the head of the proof sheet. */
export function Answer({ answer }: { answer: VerdictResponse }) {
  const more = [
    earliestSentence(answer),
    littleMailSentence(answer),
    answer.policy?.disputed ?? null,
  ];
  return (
    <div class={`answer answer-${answer.verdict}`}>
      <h2 id="verdict">{answer.sentence}</h2>
      {more
        .filter((sentence) => sentence !== null)
        .map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
    </div>
  );
}

/** What goes with the answer without standing in its way. */
export function WorthKnowing({ answer: { notes } }: { answer: VerdictResponse }) {
  if (notes.length === 0) return null;
  return (
    <>
      <h3>Worth knowing</h3>
      <ul class="worth-knowing">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

function BlindSpots({ answer: { blindSpots } }: { answer: VerdictResponse }) {
  if (blindSpots.length === 0) return null;
  return (
    <details class="blind-spots">
      <summary>What no report shows</summary>
      <ul>
        {blindSpots.map((spot) => (
          <li key={spot}>{spot}</li>
        ))}
      </ul>
    </details>
  );
}
