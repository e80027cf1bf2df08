import type { FindingResponse } from '../../server/api/contract-dns.ts';
import { Copyable } from '../parts/copy-button.tsx';
import { bySeverity, SEVERITIES } from '../words/dns-words.ts';

/** What is wrong, worst first, each with what to publish instead. */
export function Findings({ findings }: { findings: readonly FindingResponse[] }) {
  if (findings.length === 0) return <p>Nothing is wrong with these records.</p>;
  return (
    <ul class="findings">
      {bySeverity(findings).map(({ id, severity, text, corrected }) => (
        <li key={`${id} ${text}`} class={`finding finding-${severity}`}>
          <strong>{SEVERITIES[severity].label}.</strong> {text}
          {corrected !== null && (
            <div class="corrected">
              <span class="under">
                Publish as {corrected.type} at <bdi>{corrected.name}</bdi>:
              </span>
              <Copyable text={corrected.value} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
