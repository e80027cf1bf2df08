import { domainName } from '../../ingest/domain-name.ts';

const LONGEST_NAME = 253;
const LABEL = /^[\x21-\x7e]{1,63}$/;

/** The name as it is asked for: lower case, no trailing dot, A-labels; null where no server can hold it. */
export function wireName(text: string): string | null {
  const plain = text.toLowerCase().replace(/\.$/, '');
  const name = /^[\x21-\x7e]*$/.test(plain) ? plain : domainName(plain).domain;
  if (name.length > LONGEST_NAME) return null;
  return name.split('.').every((label) => LABEL.test(label)) ? name : null;
}
