-- What the user says. Keyed by the names themselves, not by ids, so that it outlives every rebuild.

CREATE TABLE source_class (
  policy_domain   TEXT NOT NULL,
  source_id       TEXT NOT NULL,
  class           TEXT NOT NULL CHECK (class IN ('own', 'forwarder', 'unauthorised', 'unknown')),
  decided_by      TEXT NOT NULL,
  decided_seconds INTEGER NOT NULL,
  note            TEXT,
  PRIMARY KEY (policy_domain, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id              INTEGER PRIMARY KEY,
  policy_domain   TEXT NOT NULL,
  day             INTEGER NOT NULL, -- days since 1970, UTC
  text            TEXT NOT NULL,
  written_by      TEXT NOT NULL,
  written_seconds INTEGER NOT NULL
) STRICT;
CREATE INDEX note_by_day ON note (policy_domain, day);
