-- Mailboxes, every message seen in them, every document decided, and the bytes kept of documents.

PRAGMA application_id = 1381318980; -- 'RUAD': tells a Ruadmap store from another program's database

CREATE TABLE mailbox (
  id                INTEGER PRIMARY KEY,
  origin            TEXT NOT NULL CHECK (origin IN ('environment', 'stored', 'files')),
  user              TEXT NOT NULL,
  host              TEXT NOT NULL,
  port              INTEGER NOT NULL CHECK (port BETWEEN 0 AND 65535), -- 0: the pseudo-mailbox of files
  security          TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'plain')),
  folder            TEXT NOT NULL,
  secret_key_id     TEXT,
  secret_nonce      BLOB,
  secret_ciphertext BLOB,
  ca_pem            TEXT,
  removed           INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)), -- its ledger stays, its secret goes
  UNIQUE (origin, user, host, port, folder),
  CHECK ((secret_key_id IS NULL) = (secret_ciphertext IS NULL)), -- a secret is all there or not at all
  CHECK ((secret_nonce IS NULL) = (secret_ciphertext IS NULL)),
  CHECK (origin = 'stored' OR secret_ciphertext IS NULL), -- the environment's secrets never come here
  CHECK (removed = 0 OR secret_ciphertext IS NULL)
) STRICT;

-- Apart from mailbox, because the reader of mail writes it and the user's settings write the other.
CREATE TABLE folder_progress (
  mailbox_id       INTEGER PRIMARY KEY REFERENCES mailbox (id),
  uid_validity     TEXT, -- NULL: never looked at
  seen_up_to_uid   INTEGER NOT NULL CHECK (seen_up_to_uid BETWEEN 0 AND 4294967295)
) STRICT;

CREATE TABLE message (
  id                 INTEGER PRIMARY KEY,
  mailbox_id         INTEGER NOT NULL REFERENCES mailbox (id),
  uid_validity       TEXT NOT NULL, -- of files: SHA-256 of the container, in hex
  uid                INTEGER NOT NULL CHECK (uid >= 0), -- of files: place in an mbox
  name               TEXT NOT NULL, -- '' unless a file
  state              TEXT NOT NULL CHECK (state IN ('pending', 'done', 'unresolved', 'set-aside')),
  attempts           INTEGER NOT NULL CHECK (attempts >= 0),
  size_bytes         INTEGER NOT NULL CHECK (size_bytes >= 0),
  first_seen_seconds INTEGER NOT NULL,
  decided_seconds    INTEGER,
  -- Who really sent it; judged and filled by a later version, until then NULL.
  provenance         TEXT CHECK (provenance IN ('verified', 'unverified', 'contradicting', 'no-mail')),
  provenance_detail  TEXT,
  authserv_id        TEXT, -- whose Authentication-Results was believed
  dkim_domain        TEXT,
  spf_domain         TEXT,
  header_from        TEXT,
  header_block       BLOB, -- last: it may be long, and is seldom read
  UNIQUE (mailbox_id, uid_validity, uid, name), -- a message has one row, however often it is looked at
  CHECK (state <> 'done' OR decided_seconds IS NOT NULL)
) STRICT;
CREATE INDEX message_by_mailbox ON message (mailbox_id);
CREATE INDEX message_not_done ON message (mailbox_id, state) WHERE state <> 'done'; -- small: the exceptions

CREATE TABLE document (
  message_id     INTEGER NOT NULL REFERENCES message (id),
  position       INTEGER NOT NULL CHECK (position >= 0),
  mailbox_id     INTEGER NOT NULL REFERENCES mailbox (id), -- the message's, so that counting needs no join
  part           TEXT NOT NULL,
  name           TEXT NOT NULL,
  outcome        TEXT NOT NULL CHECK (outcome IN ('stored', 'duplicate', 'conflict', 'not-a-report', 'refused')),
  reason         TEXT,
  detail         TEXT,
  content_sha256 BLOB CHECK (length(content_sha256) = 32),
  report_id      INTEGER REFERENCES report (id),
  records        INTEGER NOT NULL CHECK (records >= 0),
  refused_rows   INTEGER NOT NULL CHECK (refused_rows BETWEEN 0 AND records),
  messages       INTEGER NOT NULL CHECK (messages >= 0),
  PRIMARY KEY (message_id, position),
  CHECK ((outcome IN ('stored', 'duplicate', 'conflict')) = (report_id IS NOT NULL)),
  CHECK ((outcome IN ('refused', 'not-a-report')) = (reason IS NOT NULL)) -- no refusal without its reason
) STRICT, WITHOUT ROWID;
CREATE INDEX document_by_outcome ON document (outcome, mailbox_id, message_id);
CREATE INDEX document_by_report ON document (report_id) WHERE report_id IS NOT NULL;

-- Unpacked bytes of reports and refused candidates, once per content, for a better parser and for people.
CREATE TABLE kept (
  content_sha256 BLOB PRIMARY KEY CHECK (length(content_sha256) = 32),
  encoding       TEXT NOT NULL CHECK (encoding IN ('deflate-raw', 'identity')),
  inflated_bytes INTEGER NOT NULL CHECK (inflated_bytes >= 0),
  kept_seconds   INTEGER NOT NULL, -- retention counts from here
  bytes          BLOB NOT NULL
) STRICT;
