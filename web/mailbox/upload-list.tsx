import type { ImportProgress } from '../live.ts';
import { importSentence, readingSentence } from '../words/import-words.ts';
import { wordsForReason } from '../words/reasons.ts';
import { type ImportRun, importRuns } from './uploads.ts';

/** What became of the files that were handed over since the page was opened. */
export function UploadList() {
  return (
    <ul class="uploads" aria-live="polite">
      {importRuns().map((run) => (
        <li key={run.key}>
          <bdi>{run.name}</bdi>: {sentenceOf(run)}
          {run.progress !== null && <Problems progress={run.progress} />}
        </li>
      ))}
    </ul>
  );
}

function sentenceOf({ error, sent, progress }: ImportRun): string {
  if (error !== null) return error;
  if (!sent) return 'waiting to be sent';
  if (progress === null) return 'sent, waiting to be read';
  if (progress.problem !== null) return progress.problem;
  if (progress.summary !== null) return importSentence(progress.summary);
  return readingSentence(progress.seen, progress.total);
}

function Problems({ progress }: { progress: ImportProgress }) {
  const problems = progress.summary?.problems ?? [];
  if (problems.length === 0) return null;
  return (
    <details>
      <summary>What could not be read</summary>
      <ul class="lines">
        {problems.map(({ file, member, reason }) => (
          <li key={`${file} ${member}`}>
            <bdi>{member === '' ? file : member}</bdi>: {wordsForReason(reason).meaning}
          </li>
        ))}
      </ul>
    </details>
  );
}
