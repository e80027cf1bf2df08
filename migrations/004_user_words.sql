-- What the user says. Keyed by the names themselves, not by ids, so that it outlives every rebuild.
-- Days are days since 1970, UTC. A source is a network, or a part of one: 'as:63949#none'.

CREATE TABLE source_class (
  policy_domain   TEXT NOT NULL,
  source_id       TEXT NOT NULL,
  class           TEXT NOT NULL CHECK (class IN ('own', 'forwarder', 'unauthorised', 'unknown')),
  day             INTEGER NOT NULL,
  decided_by      TEXT NOT NULL,
  decided_seconds INTEGER NOT NULL,
  note            TEXT,
  PRIMARY KEY (policy_domain, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_fixed (
  policy_domain TEXT NOT NULL,
  source_id     TEXT NOT NULL,
  day           INTEGER NOT NULL,
  marked_by     TEXT NOT NULL,
  note          TEXT,
  PRIMARY KEY (policy_domain, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_rhythm (
  policy_domain TEXT NOT NULL,
  source_id     TEXT NOT NULL,
  every_days    INTEGER NOT NULL CHECK (every_days > 0),
  told_by       TEXT NOT NULL,
  PRIMARY KEY (policy_domain, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiver (
  policy_domain TEXT NOT NULL,
  gate          TEXT NOT NULL,
  waived_by     TEXT NOT NULL,
  day           INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  until_day     INTEGER NOT NULL,
  PRIMARY KEY (policy_domain, gate) -- a gate is accepted once, and the last word holds
) STRICT, WITHOUT ROWID;

CREATE TABLE domain_word (
  policy_domain     TEXT PRIMARY KEY,
  sends_nothing_day INTEGER, -- NULL: not said
  sends_nothing_by  TEXT,
  microsoft_tenants TEXT, -- a JSON array; NULL where none was told
  CHECK ((sends_nothing_day IS NULL) = (sends_nothing_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id              INTEGER PRIMARY KEY,
  policy_domain   TEXT NOT NULL,
  day             INTEGER NOT NULL,
  text            TEXT NOT NULL,
  written_by      TEXT NOT NULL,
  written_seconds INTEGER NOT NULL
) STRICT;
CREATE INDEX note_by_day ON note (policy_domain, day);
