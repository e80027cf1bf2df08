import { useEffect } from 'preact/hooks';
import type { StoreResponse } from '../../server/api/contract-store.ts';
import { store, verifyStore } from '../endpoints.ts';
import { formatCount, formatQuantity, formatTime } from '../format.ts';
import { ActionError } from '../parts/action-error.tsx';
import { Ago } from '../parts/numbers.tsx';
import { Show } from '../parts/show.tsx';
import { useAction } from '../use-action.ts';
import { useResource } from '../use-resource.ts';
import { keepWords, letGoneWords, sizeWords, verifiedWords } from '../words/store-words.ts';

/** While everything is read again, the end of it is asked for this often. */
const ASK_MS = 2_000;

/** The store: what should be done, whether it is as it was read, copies of it, and what is kept. */
export function StoreSection() {
  const loaded = useResource(store);
  const isVerifying = loaded.value?.verifyingSinceSeconds != null;
  useEffect(() => {
    if (!isVerifying) return undefined;
    const timer = setInterval(loaded.reload, ASK_MS);
    return () => clearInterval(timer);
  }, [isVerifying]);
  return (
    <section aria-labelledby="store">
      <h2 id="store">Store</h2>
      <Show of={loaded} room="summary">
        {(answer) => <Parts answer={answer} />}
      </Show>
    </section>
  );
}

function Parts({ answer }: { answer: StoreResponse }) {
  const { toDo, letGone } = answer;
  return (
    <>
      {toDo.map(({ part, seen, todo }) => (
        <div key={part} class="failure">
          <p>{seen}</p>
          <p>{todo}</p>
        </div>
      ))}
      <dl class="facts">
        <div>
          <dt>Verified</dt>
          <dd>
            <Verified answer={answer} />
          </dd>
        </div>
        <div>
          <dt>Backup</dt>
          <dd>
            <Backup backup={answer.backup} />
          </dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>{sizeWords(answer)}</dd>
        </div>
        <div>
          <dt>Kept</dt>
          <dd>
            {keepWords(answer)}
            {letGone !== null && (
              <span class="under">
                Last cleared <Ago seconds={letGone.endedSeconds} />: {letGoneWords(letGone)}.
              </span>
            )}
          </dd>
        </div>
      </dl>
    </>
  );
}

function Verified({ answer }: { answer: StoreResponse }) {
  const { verified, verifyingSinceSeconds, verifyProblem } = answer;
  const { busy, error, say } = useAction();
  const isRunning = verifyingSinceSeconds !== null;
  return (
    <>
      <div role="status">
        {isRunning && (
          <p>
            Everything is being read again since {formatTime(verifyingSinceSeconds)}, beside all
            else.
          </p>
        )}
        {!isRunning && verifyProblem !== null && (
          <div class="failure">
            <p>It could not be done to its end.</p>
            <p>{verifyProblem}</p>
          </div>
        )}
        {verified === null ? (
          <p>Never yet. It reads every report again from its XML, and makes every sum again.</p>
        ) : (
          <Found verified={verified} />
        )}
      </div>
      <div class="buttons">
        <button type="button" disabled={busy || isRunning} onClick={() => say(verifyStore)}>
          Verify now
        </button>
        <ActionError error={error} />
      </div>
    </>
  );
}

function Found({ verified }: { verified: NonNullable<StoreResponse['verified']> }) {
  const { endedSeconds, findings } = verified;
  return (
    <>
      <p>
        {verifiedWords(verified)}
        <span class="under">
          <Ago seconds={endedSeconds} />
        </span>
      </p>
      {findings.map(({ what, count, advice }) => (
        <div key={what} class="failure">
          <p>
            {formatCount(count)} × {what}
          </p>
          <p>{advice}</p>
        </div>
      ))}
    </>
  );
}

function Backup({ backup }: { backup: StoreResponse['backup'] }) {
  if (backup === null) {
    return (
      <>
        None yet. <code>ruadmap backup FILE</code> makes one at any time, while Ruadmap runs.
      </>
    );
  }
  return (
    <>
      <bdi class="code">{backup.file}</bdi>
      <span class="under">
        <Ago seconds={backup.endedSeconds} />, with {formatQuantity(backup.reports, 'report')}. The
        key of stored passwords is not in it.
      </span>
    </>
  );
}
