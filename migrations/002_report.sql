-- Reports and their records. What repeats in real mail (names, policies, addresses, whole record
-- bodies) stands once in a dictionary; a record is five small integers.

CREATE TABLE policy_domain (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE -- '' where a report named none
) STRICT;

CREATE TABLE reporter (
  id       INTEGER PRIMARY KEY,
  org_name TEXT NOT NULL UNIQUE
) STRICT;

-- What a reporter says about itself in every report alike.
CREATE TABLE reporter_details (
  id                 INTEGER PRIMARY KEY,
  email              TEXT,
  extra_contact_info TEXT,
  generator          TEXT,
  version            TEXT,
  dialect            TEXT NOT NULL CHECK (dialect IN ('rfc7489', 'rfc9990'))
) STRICT;
CREATE INDEX reporter_details_by_email ON reporter_details (email, extra_contact_info);

CREATE TABLE policy (
  id               INTEGER PRIMARY KEY,
  policy_domain_id INTEGER NOT NULL REFERENCES policy_domain (id),
  p                TEXT CHECK (p IN ('none', 'quarantine', 'reject')),
  sp               TEXT CHECK (sp IN ('none', 'quarantine', 'reject')),
  np               TEXT CHECK (np IN ('none', 'quarantine', 'reject')),
  adkim            TEXT CHECK (adkim IN ('relaxed', 'strict')),
  aspf             TEXT CHECK (aspf IN ('relaxed', 'strict')),
  pct              INTEGER CHECK (pct BETWEEN 0 AND 100),
  fo               TEXT,
  testing          INTEGER CHECK (testing IN (0, 1)),
  discovery_method TEXT CHECK (discovery_method IN ('psl', 'treewalk'))
) STRICT;
CREATE INDEX policy_by_domain ON policy (policy_domain_id, p, sp);

CREATE TABLE report (
  id                  INTEGER PRIMARY KEY,
  identity            BLOB NOT NULL CHECK (length(identity) = 32),
  content_sha256      BLOB NOT NULL CHECK (length(content_sha256) = 32),
  counted             INTEGER NOT NULL CHECK (counted IN (0, 1)), -- one version of an identity counts
  provenance_rank     INTEGER NOT NULL DEFAULT 0, -- higher wins among versions; 0: not judged
  policy_domain_id    INTEGER NOT NULL REFERENCES policy_domain (id),
  reporter_id         INTEGER NOT NULL REFERENCES reporter (id),
  reporter_details_id INTEGER NOT NULL REFERENCES reporter_details (id),
  policy_id           INTEGER NOT NULL REFERENCES policy (id),
  report_id           TEXT NOT NULL,
  begin_seconds       INTEGER,
  end_seconds         INTEGER,
  begin_text          TEXT, -- NULL where it is begin_seconds written in digits
  end_text            TEXT,
  first_day           INTEGER, -- days since 1970, UTC; NULL: without a day
  last_day            INTEGER,
  received_seconds    INTEGER NOT NULL,
  records             INTEGER NOT NULL CHECK (records >= 0), -- <record> elements seen
  refused_rows        INTEGER NOT NULL CHECK (refused_rows BETWEEN 0 AND records),
  messages            INTEGER NOT NULL CHECK (messages >= 0),
  dmarc_aligned       INTEGER NOT NULL CHECK (dmarc_aligned BETWEEN 0 AND messages),
  warnings            TEXT, -- JSON arrays; NULL where empty
  errors              TEXT,
  refused_row_details TEXT,
  CHECK ((first_day IS NULL) = (last_day IS NULL)),
  CHECK (first_day <= last_day)
) STRICT;
-- The same report is stored once, however often it arrives: one version of it counts, and the few
-- others differ in content.
CREATE UNIQUE INDEX report_counted_once ON report (identity) WHERE counted = 1;
CREATE UNIQUE INDEX report_not_counted ON report (identity, content_sha256) WHERE counted = 0;
-- Newest first, for lists. The id is part of every index, so that pages of a list have an exact end.
CREATE INDEX report_by_domain ON report (policy_domain_id, ifnull(end_seconds, 0));
CREATE INDEX report_by_reporter ON report (reporter_id, ifnull(end_seconds, 0));
CREATE INDEX report_by_end ON report (ifnull(end_seconds, 0));
-- Answers "which reports, from whom, of which days, under which policy" without touching the table.
CREATE INDEX report_by_day ON report (
  policy_domain_id, first_day, last_day, reporter_id, records, end_seconds, begin_seconds,
  reporter_details_id, policy_id, messages
) WHERE counted = 1;

CREATE TABLE address (
  id        INTEGER PRIMARY KEY,
  source_ip TEXT NOT NULL UNIQUE -- canonical text
) STRICT;

-- A record without its address and count. Reduced to what counts for authentication (ingest/shape.ts)
-- it is a row of its own, unless it is so already: most are.
CREATE TABLE profile (
  id       INTEGER PRIMARY KEY,
  hash     INTEGER NOT NULL, -- first 48 bits of SHA-256 of the body: finds it, and the body itself decides
  facet    INTEGER NOT NULL CHECK (facet BETWEEN 0 AND 179), -- its outcome, as in ingest/outcome.ts
  shape_id INTEGER REFERENCES profile (id), -- NULL: this is its own shape
  body     TEXT NOT NULL -- server/store/profile-body.ts
) STRICT;
CREATE INDEX profile_by_hash ON profile (hash);

CREATE TABLE record (
  report_id     INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  position      INTEGER NOT NULL CHECK (position >= 0), -- among all <record> elements, refused ones too
  address_id    INTEGER NOT NULL REFERENCES address (id),
  profile_id    INTEGER NOT NULL REFERENCES profile (id),
  message_count INTEGER NOT NULL CHECK (message_count BETWEEN 0 AND 1000000000), -- keeps every sum exact
  PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;
