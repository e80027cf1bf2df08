-- What DNS has told, kept with the moment it was asked.

CREATE TABLE dns_snapshot (
  policy_domain TEXT NOT NULL,
  asked_seconds INTEGER NOT NULL,
  body          TEXT NOT NULL, -- JSON, server/records/dns-snapshot.ts
  UNIQUE (policy_domain, asked_seconds)
) STRICT;

-- Networks and hosts that addresses are named after: those of the newest snapshot that knew them.
CREATE TABLE domain_network (
  policy_domain TEXT NOT NULL,
  about         TEXT NOT NULL CHECK (about IN ('spf', 'mx', 'address')),
  position      INTEGER NOT NULL, -- of several that are equal the first holds, as in SPF itself
  network       TEXT NOT NULL, -- CIDR, canonical text
  include       TEXT, -- NULL: the domain's own
  PRIMARY KEY (policy_domain, about, position),
  CHECK (about = 'spf' OR include IS NULL)
) STRICT, WITHOUT ROWID;

-- Names that addresses lead to.
CREATE TABLE pointer (
  address_id    INTEGER PRIMARY KEY REFERENCES address (id),
  name          TEXT, -- NULL: it has none
  confirmed     INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
  asked_seconds INTEGER NOT NULL,
  CHECK (name IS NOT NULL OR confirmed = 0)
) STRICT;
