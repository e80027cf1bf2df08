-- Sums over the records of counted reports, kept in the same transaction as the records, and the
-- names of sources. A day is days since 1970, UTC; -1 is "without a day". No row is ever zero.
-- They can be made again from the records at any time, so they carry no foreign keys.
-- `timed` is 0 for reports that tell nothing about time: longer than 48 hours, begun where they end,
-- or without a day.

CREATE TABLE source (
  id        INTEGER PRIMARY KEY,
  source_id TEXT NOT NULL UNIQUE, -- 'service:mailchimp', 'spf:example.net', 'as:63949'
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('own-network', 'spf', 'service', 'ptr', 'as', 'block'))
) STRICT;

-- Which source an address is, seen from one domain. One row for every address of a stored report.
CREATE TABLE address_name (
  policy_domain_id INTEGER NOT NULL,
  address_id       INTEGER NOT NULL,
  source_id        INTEGER NOT NULL,
  sign_messages    INTEGER NOT NULL, -- of its signs in sum: the evidence with most stands for a source
  evidence         TEXT NOT NULL, -- what the name rests on, in words
  PRIMARY KEY (policy_domain_id, address_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_name_by_source ON address_name (policy_domain_id, source_id, sign_messages);

-- The sums that a name is decided from.
CREATE TABLE address_sign (
  policy_domain_id INTEGER NOT NULL,
  address_id       INTEGER NOT NULL,
  service          TEXT NOT NULL,
  by               TEXT NOT NULL CHECK (by IN ('spf', 'dkim')),
  messages         INTEGER NOT NULL CHECK (messages > 0),
  PRIMARY KEY (policy_domain_id, address_id, service, by)
) STRICT, WITHOUT ROWID;

-- The base. The address stands before the day, so that a renamed address is found in one place, with
-- all that its streams are keyed by. `reporters` says who told of the messages: rows of `reporter` by
-- number, each with its part, as '12 3 15 1' (server/store/reported.ts); the parts add up to `messages`.
CREATE TABLE address_day (
  policy_domain_id INTEGER NOT NULL,
  address_id       INTEGER NOT NULL,
  day              INTEGER NOT NULL CHECK (day >= -1),
  shape_id         INTEGER NOT NULL, -- of profile
  timed            INTEGER NOT NULL CHECK (timed IN (0, 1)),
  messages         INTEGER NOT NULL CHECK (messages > 0),
  reporters        TEXT NOT NULL,
  PRIMARY KEY (policy_domain_id, address_id, day, shape_id, timed)
) STRICT, WITHOUT ROWID;

-- Mail of one source that says the same about itself. Readers keep the ids, so that no row is ever
-- deleted: a stream whose mail has moved to another source has no day, and counts for nothing.
CREATE TABLE stream (
  id               INTEGER PRIMARY KEY,
  policy_domain_id INTEGER NOT NULL,
  source_id        INTEGER NOT NULL,
  shape_id         INTEGER NOT NULL, -- of profile
  timed            INTEGER NOT NULL CHECK (timed IN (0, 1)),
  UNIQUE (policy_domain_id, source_id, shape_id, timed)
) STRICT;

CREATE TABLE stream_day (
  stream_id INTEGER NOT NULL,
  day       INTEGER NOT NULL CHECK (day >= -1),
  messages  INTEGER NOT NULL CHECK (messages > 0),
  reporters TEXT NOT NULL,
  PRIMARY KEY (stream_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE reporter_day (
  policy_domain_id INTEGER NOT NULL,
  day              INTEGER NOT NULL CHECK (day >= -1),
  reporter_id      INTEGER NOT NULL,
  facet            INTEGER NOT NULL,
  messages         INTEGER NOT NULL CHECK (messages >= 0),
  PRIMARY KEY (policy_domain_id, day, reporter_id, facet)
) STRICT, WITHOUT ROWID;

-- Counts up with every change to what is known of a domain, so that readers know what they may keep.
CREATE TABLE domain_version (
  policy_domain TEXT PRIMARY KEY,
  version       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
