import type { SourceResponse } from '../../server/api/contract-sources.ts';
import { formatDay } from '../format.ts';
import { CLASS_WORDS, KIND_WORDS, reasonsOf } from '../words/class-words.ts';
import { ClassButtons } from './class-buttons.tsx';

/** The class of a source, a line for each reason, and the user's word over all of them. */
export function Why({ domain, source }: { domain: string; source: SourceResponse }) {
  const { classShown, word, network } = source;
  const { label, meaning } = CLASS_WORDS[classShown];
  return (
    <div class={`why why-${classShown}`}>
      <p class="lead">
        <strong>{label}</strong>: {meaning}.
      </p>
      <ul class="why-lines">
        {reasonsOf(source).map((text) => (
          <li key={text}>{text}</li>
        ))}
        <li class="soft">
          Named as {KIND_WORDS[network.kind]}: <bdi>{network.evidence}</bdi>
        </li>
      </ul>
      {word !== null && (
        <p>
          <bdi>{word.by}</bdi> said so on {formatDay(word.day, 'with-year')}
          {word.note !== null && (
            <>
              : <q>{word.note}</q>
            </>
          )}
          . That stands over every rule.
        </p>
      )}
      <div class="your-word">
        {word === null ? 'Is that wrong? Say what it is:' : 'Say something else:'}
        <ClassButtons
          domain={domain}
          source={source.id}
          name={source.name}
          said={word === null ? null : source.class}
        />
      </div>
    </div>
  );
}
