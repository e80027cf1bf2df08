-- Sums over the records of counted reports, kept in the same transaction as the records, and the
-- names of sources. A day is days since 1970, UTC; -1 is "without a day". No row is ever zero.
-- They can be made again from the records at any time, so they carry no foreign keys.

CREATE TABLE source (
  id        INTEGER PRIMARY KEY,
  source_id TEXT NOT NULL UNIQUE, -- 'service:mailchimp', 'as:63949', 'net:203.0.113.0/24'
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('service', 'as', 'block'))
) STRICT;

-- Which source an address is, seen from one domain. One row for every address of a stored report.
CREATE TABLE address_name (
  policy_domain_id INTEGER NOT NULL,
  address_id       INTEGER NOT NULL,
  source_id        INTEGER NOT NULL,
  evidence         TEXT NOT NULL, -- what the name rests on, in words
  PRIMARY KEY (policy_domain_id, address_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_name_by_source ON address_name (policy_domain_id, source_id);

-- The sums that a name is decided from.
CREATE TABLE address_sign (
  policy_domain_id INTEGER NOT NULL,
  address_id       INTEGER NOT NULL,
  service          TEXT NOT NULL,
  by               TEXT NOT NULL CHECK (by IN ('spf', 'dkim')),
  messages         INTEGER NOT NULL CHECK (messages > 0),
  PRIMARY KEY (policy_domain_id, address_id, service, by)
) STRICT, WITHOUT ROWID;

-- The base. The address stands before the day, so that a renamed address is found in one place.
CREATE TABLE address_day (
  policy_domain_id INTEGER NOT NULL,
  address_id       INTEGER NOT NULL,
  day              INTEGER NOT NULL CHECK (day >= -1),
  profile_id       INTEGER NOT NULL,
  messages         INTEGER NOT NULL CHECK (messages >= 0),
  PRIMARY KEY (policy_domain_id, address_id, day, profile_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_day (
  policy_domain_id INTEGER NOT NULL,
  day              INTEGER NOT NULL CHECK (day >= -1),
  source_id        INTEGER NOT NULL,
  facet            INTEGER NOT NULL,
  messages         INTEGER NOT NULL CHECK (messages >= 0),
  PRIMARY KEY (policy_domain_id, day, source_id, facet)
) STRICT, WITHOUT ROWID;

CREATE TABLE reporter_day (
  policy_domain_id INTEGER NOT NULL,
  day              INTEGER NOT NULL CHECK (day >= -1),
  reporter_id      INTEGER NOT NULL,
  facet            INTEGER NOT NULL,
  messages         INTEGER NOT NULL CHECK (messages >= 0),
  PRIMARY KEY (policy_domain_id, day, reporter_id, facet)
) STRICT, WITHOUT ROWID;
