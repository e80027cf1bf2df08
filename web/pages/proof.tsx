import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { nowSeconds } from '../clock.ts';
import { verdict } from '../endpoints-insight.ts';
import { formatCount, formatPeriod, formatShare, formatTime } from '../format.ts';
import { chosenAt } from '../navigation.ts';
import { DomainCrumb, DomainTabs } from '../parts/domain-tabs.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Show } from '../parts/show.tsx';
import { formatDay } from '../format.ts';
import { useResource } from '../use-resource.ts';
import { GateState, GateWords } from '../verdict/gate-list.tsx';
import { WayBack } from '../verdict/next-record.tsx';
import { Answer, WorthKnowing } from '../verdict/verdict-card.tsx';
import { gatesSummary } from '../words/gate-words.ts';

/** The verdict with all that it rests on, on a page to print, keep, or hand to a colleague. */
export function Proof({ domain }: { domain: string }) {
  const loaded = useResource(verdict(domain, chosenAt.value));
  return (
    <div class="proof">
      <DomainCrumb domain={domain} />
      <PageHeading title={`Proof sheet, ${domain}`}>
        Proof sheet: <bdi>{domain}</bdi>
      </PageHeading>
      <DomainTabs domain={domain} shown="proof" />
      <Show of={loaded} room="table">
        {(answer) => <Sheet answer={answer} />}
      </Show>
    </div>
  );
}

function Sheet({ answer }: { answer: VerdictResponse }) {
  return (
    <>
      <p class="no-print">
        <button type="button" onClick={() => print()}>
          Print
        </button>
      </p>
      <p class="soft">
        State of {formatDay(answer.at, 'with-year')} (UTC), reports of{' '}
        {formatPeriod(answer.window.from, answer.window.to)}. Made by Ruadmap on{' '}
        {formatTime(nowSeconds.value)}.
      </p>
      <Answer answer={answer} />
      <WorthKnowing answer={answer} />
      <Policy answer={answer} />
      <Numbers answer={answer} />
      <h2>
        Gates <span class="soft">{gatesSummary(answer.gates)}</span>
      </h2>
      <ul class="gates">
        {answer.gates.map((gate) => (
          <li key={gate.id} class={`gate gate-${gate.state}`}>
            <GateState gate={gate} />
            <div>
              <GateWords gate={gate} />
            </div>
          </li>
        ))}
      </ul>
      <InTheWay answer={answer} />
      {answer.rollBack !== null && <WayBack rollBack={answer.rollBack} />}
      {answer.blindSpots.length > 0 && (
        <>
          <h2>What no report shows</h2>
          <ul>
            {answer.blindSpots.map((spot) => (
              <li key={spot}>{spot}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Policy({ answer: { policy, record, change } }: { answer: VerdictResponse }) {
  return (
    <dl class="facts">
      {policy !== null && (
        <div>
          <dt>In force</dt>
          <dd>
            p={policy.rung}
            {policy.since !== null && ` since ${formatDay(policy.since, 'with-year')}`}
          </dd>
        </div>
      )}
      {change !== null && (
        <div>
          <dt>Change</dt>
          <dd>{change}</dd>
        </div>
      )}
      {record !== null && (
        <div>
          <dt>Record</dt>
          <dd class="code">{record}</dd>
        </div>
      )}
    </dl>
  );
}

const ROWS = [
  ['own', 'Yours'],
  ['unknown', 'Unknown'],
  ['forwarded', 'Passed on by others'],
  ['unauthorised', 'Not yours'],
] as const;

function Numbers({ answer }: { answer: VerdictResponse }) {
  return (
    <table class="sheet-numbers">
      <caption>Messages by whose they are.</caption>
      <thead>
        <tr>
          <th scope="col">Mail</th>
          <th scope="col" class="number">
            Messages
          </th>
          <th scope="col" class="number">
            DMARC aligned
          </th>
          <th scope="col" class="number">
            by DKIM
          </th>
          <th scope="col" class="number">
            by SPF
          </th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([part, label]) => {
          const { messages, dmarcAligned, dkimAligned, spfAligned } = answer[part];
          return (
            <tr key={part}>
              <th scope="row">{label}</th>
              <td class="number">{formatCount(messages)}</td>
              <td class="number">{formatShare(dmarcAligned, messages)}</td>
              <td class="number">{formatShare(dkimAligned, messages)}</td>
              <td class="number">{formatShare(spfAligned, messages)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function InTheWay({ answer: { blockers } }: { answer: VerdictResponse }) {
  if (blockers.length === 0) return null;
  return (
    <>
      <h2>What stands in the way</h2>
      <ol>
        {blockers.map(({ source, name, reason, messages }) => (
          <li key={source}>
            <bdi>{name}</bdi> ({formatCount(messages)} messages): {reason}
          </li>
        ))}
      </ol>
    </>
  );
}
