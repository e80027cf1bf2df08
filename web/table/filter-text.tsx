interface FilterTextProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** A field that narrows the table under it while one types. */
export function FilterText({ label, value, onChange }: FilterTextProps) {
  return (
    <label class="filter-text">
      {label}
      <input
        type="search"
        autocomplete="off"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
