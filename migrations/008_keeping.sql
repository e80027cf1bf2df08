-- What is kept for how long, what was let go or forgotten, and what was last done for the store's safety.

-- The oldest bytes first.
CREATE INDEX kept_by_age ON kept (kept_seconds);

-- Kept bytes of nothing but refused candidates: they may be let go sooner than those of reports.
CREATE TABLE kept_refused (
  content_sha256 BLOB PRIMARY KEY CHECK (length(content_sha256) = 32),
  kept_seconds   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_refused_by_age ON kept_refused (kept_seconds);
INSERT INTO kept_refused
  SELECT k.content_sha256, k.kept_seconds
  FROM (
    SELECT content_sha256 FROM document WHERE outcome = 'refused' AND content_sha256 IS NOT NULL
    EXCEPT SELECT content_sha256 FROM report
  ) AS c
  JOIN kept AS k ON k.content_sha256 = c.content_sha256;

-- Rows of mail that was no report and that were let go by age: what was seen stays counted.
CREATE TABLE ledger_let_go (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id),
  messages   INTEGER NOT NULL CHECK (messages > 0),
  documents  INTEGER NOT NULL CHECK (documents >= messages)
) STRICT;

-- Reports whose records were removed because the user asked for it. Their rows in `report` stay, so
-- that they are known when their mail is seen again; they do not count, and have neither records nor
-- kept bytes.
CREATE TABLE forgotten_report (
  report_id         INTEGER PRIMARY KEY REFERENCES report (id),
  forgotten_seconds INTEGER NOT NULL
) STRICT;

-- The last of each kind.
CREATE TABLE upkeep (
  kind          TEXT PRIMARY KEY CHECK (kind IN ('verify', 'backup', 'retention')),
  ended_seconds INTEGER NOT NULL,
  body          TEXT NOT NULL -- JSON, server/store/keeping.ts
) STRICT, WITHOUT ROWID;
