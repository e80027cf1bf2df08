interface ReportsFilterProps {
  query: URLSearchParams;
  onApply: (filter: Record<string, string>) => void;
}

const FIELDS: readonly [name: string, label: string, type: 'text' | 'date'][] = [
  ['domain', 'Domain', 'text'],
  ['org', 'Reporter', 'text'],
  ['source', 'Source id', 'text'],
  ['address', 'Address', 'text'],
  ['from', 'From', 'date'],
  ['to', 'To', 'date'],
];

/** The filter of the list of reports. It is applied as a whole, and then stands in the address. */
export function ReportsFilter({ query, onApply }: ReportsFilterProps) {
  const filtered = FIELDS.some(([name]) => (query.get(name) ?? '') !== '');
  return (
    <form
      class="filter"
      role="search"
      aria-label="Filter reports"
      onSubmit={(event) => {
        event.preventDefault();
        onApply(valuesOf(event.currentTarget));
      }}
    >
      {FIELDS.map(([name, label, type]) => (
        <label key={name}>
          {label}
          {type === 'date' ? (
            <input name={name} type="date" value={query.get(name) ?? ''} />
          ) : (
            <input name={name} type="text" autocomplete="off" value={query.get(name) ?? ''} />
          )}
        </label>
      ))}
      <div class="filter-buttons">
        <button type="submit">Filter</button>
        {filtered && <a href="/reports">Show all</a>}
      </div>
    </form>
  );
}

function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values = new FormData(form);
  return Object.fromEntries(
    FIELDS.map(([name]) => {
      const value = values.get(name);
      return [name, typeof value === 'string' ? value.trim() : ''];
    }),
  );
}
