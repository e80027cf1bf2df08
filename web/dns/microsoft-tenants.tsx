import { sayMicrosoftTenants, words } from '../endpoints-insight.ts';
import { textOf } from '../form-text.ts';
import { ActionError } from '../parts/action-error.tsx';
import { useAction } from '../use-action.ts';
import { useResource } from '../use-resource.ts';

/** Names that the domain's owner has at Microsoft: mail signed with one of them is tied to the owner. */
export function MicrosoftTenants({ domain }: { domain: string }) {
  const said = useResource(words(domain)).value;
  const { busy, error, say } = useAction();
  if (said === null) return null;
  return (
    <details>
      <summary>Your tenants at Microsoft 365</summary>
      <p>
        Microsoft signs mail as TENANT.onmicrosoft.com until DKIM is set up. Name yours, parted by
        spaces, so that such mail is known to be yours.
      </p>
      <form
        class="row-form"
        key={said.microsoftTenants.join(' ')}
        onSubmit={(event) => {
          event.preventDefault();
          const text = textOf(new FormData(event.currentTarget), 'tenants');
          say(sayMicrosoftTenants(domain, { tenants: tenantsOf(text) }));
        }}
      >
        <label class="wide">
          Tenants
          <input
            name="tenants"
            autocomplete="off"
            spellcheck={false}
            value={said.microsoftTenants.join(' ')}
          />
        </label>
        <button type="submit" disabled={busy}>
          Save
        </button>
        <ActionError error={error} />
      </form>
    </details>
  );
}

/** People write the whole name as often as its first part. */
const tenantsOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/\.onmicrosoft\.com$/i, ''));
