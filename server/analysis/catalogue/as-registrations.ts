/** Whose an AS is, as registered; the vendor's own networks are the only ones listed. */
export const AS_REGISTRATIONS = {
  source: 'https://www.npmjs.com/package/@ip-location-db/asn/v/2.3.2026061719',
  dated: '2026-06',
} as const;
