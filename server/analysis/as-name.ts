export interface AutonomousSystem {
  asn: number;
  /** As the data has it: 'Hetzner Online GmbH'. */
  name: string;
}

/** Whose network an address is in; null where that is not known, or the address is in none. */
export type AsLookup = (sourceIp: string) => AutonomousSystem | null;

/** Networks that are known by another name than the company they are registered to. */
const KNOWN_AS = new Map([[63949, 'Linode']]);

const LEGAL_FORMS =
  'a.s. a/s ab ag aps as b.v. bv co company corp corporation d.o.o. gmbh inc jsc kg kft limited llc ltd ltda n.v. nv oy oyj pjsc plc pte pty pvt s.a. s.a.s. s.a.u. s.l. s.l.u. s.p.a. s.r.l. s.r.o. sa sarl sas se sl spa sro srl zrt'.split(
    ' ',
  );
const LEGAL_FORM = new RegExp(
  `[\\s,]+(?:${LEGAL_FORMS.map((form) => form.replaceAll('.', '\\.')).join('|')})\\.?$`,
  'i',
);

/** A network's name for people: without legal form and quotes, 'Hetzner Online (AS24940)'. */
export function describeAs({ asn, name }: AutonomousSystem): string {
  const known = KNOWN_AS.get(asn) ?? withoutLegalForm(name);
  return known === '' ? `AS${asn}` : `${known} (AS${asn})`;
}

function withoutLegalForm(name: string): string {
  const plain = name.replaceAll('"', '').replace(/\s+/g, ' ').trim();
  const shorter = plain.replace(LEGAL_FORM, '').trim();
  if (shorter === '' || shorter === plain) return plain;
  return withoutLegalForm(shorter);
}
