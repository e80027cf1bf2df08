import { domainName } from '../../../ingest/domain-name.ts';
import { organizationalDomain } from '../organizational-domain.ts';

/** Who runs a reporter: many names and addresses report for one operator. */
export interface OperatorName {
  /** The organizational domain of its contact; else of its name; else the name, lower-case. */
  id: string;
  /** As it calls itself. */
  name: string;
}

/** Gives operators of reporters, each worked out once. */
export function operatorReader(): (orgName: string, email: string | null) => OperatorName {
  const known = new Map<string, Map<string | null, OperatorName>>();
  return (orgName, email) => {
    const byEmail = known.get(orgName) ?? new Map<string | null, OperatorName>();
    known.set(orgName, byEmail);
    const found = byEmail.get(email) ?? operatorOf(orgName, email);
    byEmail.set(email, found);
    return found;
  };
}

function operatorOf(orgName: string, email: string | null): OperatorName {
  const contact = email === null ? null : domainOf(email.slice(email.lastIndexOf('@') + 1));
  const id = contact ?? domainOf(orgName) ?? orgName.trim().toLowerCase();
  return { id, name: orgName === '' ? id : orgName };
}

function domainOf(text: string): string | null {
  const { domain, isValid } = domainName(text.replace(/[>\s].*$/, ''));
  return isValid && domain.includes('.') ? organizationalDomain(domain) : null;
}
