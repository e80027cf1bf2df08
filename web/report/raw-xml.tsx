import { useSignal } from '@preact/signals';
import { type Answer, getTextStart } from '../api.ts';
import { xmlPath } from '../endpoints.ts';
import { Failure } from '../parts/show.tsx';

/** More than anyone reads on a page; the file has the rest. */
const MOST_BYTES = 200_000;

/** The report as it arrived, to look at or to take along. */
export function RawXml({ id }: { id: number }) {
  const shown = useSignal<Answer<{ text: string; cut: boolean }> | null>(null);
  const load = (): void =>
    void getTextStart(xmlPath(id), MOST_BYTES).then((answer) => {
      shown.value = answer;
    });
  return (
    <section aria-labelledby="raw-xml">
      <h2 id="raw-xml">Raw XML</h2>
      <p class="buttons">
        <a href={xmlPath(id)} download={`report-${id}.xml`}>
          Download the XML
        </a>
        {shown.value === null && (
          <button type="button" class="quiet" onClick={load}>
            Show raw XML
          </button>
        )}
      </p>
      {shown.value !== null && <XmlText answer={shown.value} reload={load} />}
    </section>
  );
}

function XmlText({
  answer,
  reload,
}: {
  answer: Answer<{ text: string; cut: boolean }>;
  reload: () => void;
}) {
  if (!answer.ok) return <Failure error={answer.error} reload={reload} />;
  return (
    <>
      <pre tabIndex={0} role="region" aria-label="Text of the report">
        {answer.value.text}
      </pre>
      {answer.value.cut && (
        <p class="note">These are the first 200 kB. The download has the whole report.</p>
      )}
    </>
  );
}
