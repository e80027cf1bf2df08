-- What happens to the mail of a report once the report is stored: the user's choice, and what was done.

ALTER TABLE mailbox ADD COLUMN after_kind TEXT NOT NULL DEFAULT 'leave'
  CHECK (after_kind IN ('leave', 'mark', 'move', 'delete'));
ALTER TABLE mailbox ADD COLUMN after_folder TEXT CHECK ((after_folder IS NOT NULL) = (after_kind = 'move'));
ALTER TABLE mailbox ADD COLUMN after_create INTEGER NOT NULL DEFAULT 0 CHECK (after_create IN (0, 1));
ALTER TABLE mailbox ADD COLUMN after_days INTEGER
  CHECK ((after_days IS NOT NULL) = (after_kind = 'delete') AND after_days >= 1);

-- Asked is written before the server is asked; what it is when it ends, after the server was looked at.
CREATE TABLE after_action (
  message_id          INTEGER PRIMARY KEY REFERENCES message (id),
  mailbox_id          INTEGER NOT NULL REFERENCES mailbox (id), -- the message's, so that counting needs no join
  method              TEXT NOT NULL CHECK (method IN ('mark', 'move', 'copy', 'delete')),
  state               TEXT NOT NULL CHECK (state IN ('asked', 'copied', 'done', 'gone', 'other')),
  asked_seconds       INTEGER NOT NULL,
  ended_seconds       INTEGER, -- NULL: not known yet what became of it
  target_folder       TEXT,    -- where copies of it may lie, from this UID on
  target_uid_validity TEXT,
  target_from_uid     INTEGER,
  CHECK ((ended_seconds IS NULL) = (state IN ('asked', 'copied'))),
  CHECK (state <> 'copied' OR method = 'copy')
) STRICT;
CREATE INDEX after_action_open ON after_action (mailbox_id) WHERE ended_seconds IS NULL; -- one batch at most
CREATE INDEX after_action_count ON after_action (mailbox_id, method, state);

-- Why nothing is done although it was chosen. Apart from mailbox: the reader of mail writes it.
CREATE TABLE after_problem (
  mailbox_id    INTEGER PRIMARY KEY REFERENCES mailbox (id),
  code          TEXT NOT NULL,
  message       TEXT NOT NULL,
  advice        TEXT NOT NULL,
  since_seconds INTEGER NOT NULL
) STRICT;
