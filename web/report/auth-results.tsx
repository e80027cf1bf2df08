interface Check {
  /** The domain that was checked; null where the report does not say. */
  domain: string | null;
  /** What DKIM or SPF said; null where the report does not say. */
  result: string | null;
  humanResult: string | null;
  where: string | null;
}

interface AuthResultsProps {
  /** What DMARC counted; null where the report does not say. */
  aligned: boolean | null;
  checks: readonly Check[];
}

/** Whether a check counted for DMARC, and under it what the check itself said. */
export function AuthResults({ aligned, checks }: AuthResultsProps) {
  return (
    <>
      <span class={aligned === true ? 'aligned' : 'unaligned'}>{alignedWords(aligned)}</span>
      <ul class="lines">
        {checks.map((check, place) => (
          <li key={place}>
            {check.result ?? 'result not stated'}
            {check.domain !== null && check.domain !== '' && (
              <>
                {' '}
                for <bdi>{check.domain}</bdi>
              </>
            )}
            {check.where !== null && <bdi>, {check.where}</bdi>}
            {check.humanResult !== null && check.humanResult !== '' && (
              <bdi>, “{check.humanResult}”</bdi>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function alignedWords(aligned: boolean | null): string {
  if (aligned === null) return 'not stated';
  return aligned ? 'aligned' : 'not aligned';
}
