import type { DnsResponse } from '../../server/api/contract-dns.ts';
import { textOf } from '../form-text.ts';
import { address, navigate, query } from '../navigation.ts';
import { withQuery } from '../routes.ts';

const FIELDS = ['p', 'sp', 'np', 'adkim', 'aspf', 'drop-include', 'drop-selector'];
const DISPOSITIONS = ['none', 'quarantine', 'reject'];
const MODES = ['relaxed', 'strict'];

/** Composes a policy in the address. What is left as it is stays as it is in force. */
export function Composer({ dns }: { dns: DnsResponse | null }) {
  const includes = dns?.newest?.spf.includes.map(({ domain }) => domain) ?? [];
  const selectors = dns?.newest?.dkim.map(({ selector }) => selector) ?? [];
  return (
    <form
      class="filter"
      key={address.value.search}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const texts = FIELDS.map((name): [string, string] => [name, textOf(form, name)]);
        navigate(withQuery(address.value.pathname, Object.fromEntries(texts)));
      }}
    >
      <Choice name="p" label="p, the domain" words={DISPOSITIONS} />
      <Choice name="sp" label="sp, subdomains" words={DISPOSITIONS} />
      <Choice name="np" label="np, names that do not exist" words={DISPOSITIONS} />
      <Choice name="adkim" label="adkim, DKIM has to fit" words={MODES} />
      <Choice name="aspf" label="aspf, SPF has to fit" words={MODES} />
      <Text name="drop-include" label="Without SPF include" known={includes} />
      <Text name="drop-selector" label="Without DKIM selector" known={selectors} />
      <div class="filter-buttons">
        <button type="submit">Try it</button>
        {query.value.size > 0 && <a href={address.value.pathname}>Clear</a>}
      </div>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  words: readonly string[];
}

function Choice({ name, label, words }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">as it is</option>
        {words.map((word) => (
          <option key={word} value={word} selected={query.value.get(name) === word}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function Text({ name, label, known }: { name: string; label: string; known: readonly string[] }) {
  return (
    <label>
      {label}
      <input
        name={name}
        list={`${name}-known`}
        maxLength={255}
        autocomplete="off"
        value={query.value.get(name) ?? ''}
      />
      <datalist id={`${name}-known`}>
        {known.map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
    </label>
  );
}
