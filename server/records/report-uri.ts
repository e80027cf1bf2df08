import { domainName } from '../../ingest/domain-name.ts';

/** An address of rua or ruf, as it stands in the record. */
export interface ReportUri {
  /** Without the obsolete size limit. */
  uri: string;
  /** Has it the form of a URI at all (RFC 9989 §4.8)? */
  isUri: boolean;
  /** Host that receives the report; null unless the URI is a `mailto:` that can be used. */
  host: string | null;
  /** It ends in `!10m` or the like (RFC 7489), which is ignored now. */
  hasSizeLimit: boolean;
}

const SIZE_LIMIT = /!\d+[kmgt]?$/i;
/** Addresses of one list that are looked at. */
const MOST_URIS = 50;

/** The addresses of a rua or ruf value, in order. */
export function readReportUris(value: string): ReportUri[] {
  return value
    .split(',', MOST_URIS)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(readReportUri);
}

export function readReportUri(text: string): ReportUri {
  const uri = text.replace(SIZE_LIMIT, '');
  return {
    uri,
    isUri: /^[a-z][a-z0-9+.-]*:[^\s!]+$/i.test(uri),
    host: mailHost(uri),
    hasSizeLimit: uri !== text,
  };
}

function mailHost(uri: string): string | null {
  const address = /^mailto:([^\s!?]+)@([^\s!?@]+)(\?\S*)?$/i.exec(uri);
  if (!address) return null;
  const { domain, isValid } = domainName(address[2] ?? '');
  return isValid && domain.includes('.') ? domain : null;
}
