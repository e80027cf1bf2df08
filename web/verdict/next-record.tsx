import type { RollBackResponse, VerdictResponse } from '../../server/api/contract-verdict.ts';
import { formatDay } from '../format.ts';
import { Copyable } from '../parts/copy-button.tsx';
import { Term } from '../parts/term.tsx';
import { KEEP_YOURS, waitWords } from '../words/verdict-words.ts';

/** The record to publish next, in steps, with the way back. */
export function NextRecord({ answer }: { answer: VerdictResponse }) {
  const { record, change, domain, rollBack } = answer;
  if (record === null) return null;
  return (
    <div class="next-record">
      <h3>The next step{change === null ? '' : `: ${change}`}</h3>
      <ol class="steps">
        {rollBack?.waitSeconds != null && rollBack.waitSeconds > 0 && (
          <LowerTtl waitSeconds={rollBack.waitSeconds} />
        )}
        <li>
          Publish this as the TXT record of <code class="code">_dmarc.{domain}</code>:
          <Copyable text={record} label="Copy record" />
          {record.includes(KEEP_YOURS) && (
            <span class="under">
              DNS was not read. Where it says {KEEP_YOURS}, keep the address that your record has
              today.
            </span>
          )}
        </li>
        {rollBack !== null && <Watch rollBack={rollBack} />}
      </ol>
      {rollBack !== null && <WayBack rollBack={rollBack} />}
    </div>
  );
}

function LowerTtl({ waitSeconds }: { waitSeconds: number }) {
  return (
    <li>
      Lower the <Term of="ttl">TTL</Term> of today’s record to an hour or less, and wait{' '}
      {waitWords(waitSeconds)}: receivers may keep the old one for so long, and you want a way back
      that is faster.
    </li>
  );
}

const Watch = ({ rollBack }: { rollBack: RollBackResponse }) => (
  <li>
    Watch until {formatDay(rollBack.until)}. {rollBack.watch}
  </li>
);

/** What to do if the step hurts: printed with every step beforehand. */
export function WayBack({ rollBack }: { rollBack: RollBackResponse }) {
  return (
    <div class="way-back">
      <h3>The way back</h3>
      <p>{rollBack.bound}</p>
      {rollBack.oldRecord !== null && (
        <>
          <p>Publish the record of today again:</p>
          <Copyable text={rollBack.oldRecord} label="Copy old record" />
        </>
      )}
    </div>
  );
}
