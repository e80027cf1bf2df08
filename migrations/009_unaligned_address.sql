-- What each address sent in streams that DMARC did not count as aligned: only of these does anybody ask
-- for addresses by stream. A row holds 32 days (`span` is the day divided by 32, rounded down): each
-- day with mail by its remainder, ascending, with its messages, as '3 12 17 1' (server/store/spans.ts).
-- A sum over counted records as those of 003, kept and made again with them.
CREATE TABLE unaligned_address (
  stream_id  INTEGER NOT NULL,
  span       INTEGER NOT NULL CHECK (span >= -1), -- -1: without a day
  address_id INTEGER NOT NULL,
  days       TEXT NOT NULL,
  PRIMARY KEY (stream_id, span, address_id)
) STRICT, WITHOUT ROWID;

INSERT INTO unaligned_address (stream_id, span, address_id, days)
SELECT t.id, b.day >> 5, b.address_id,
       group_concat((b.day & 31) || ' ' || b.messages, ' ' ORDER BY b.day)
FROM address_day AS b
CROSS JOIN profile AS f
  ON f.id = b.shape_id AND f.facet % 3 <> 1 AND f.facet / 3 % 3 <> 1 -- 1: aligned (ingest/outcome.ts)
CROSS JOIN address_name AS a
  ON a.policy_domain_id = b.policy_domain_id AND a.address_id = b.address_id
CROSS JOIN stream AS t
  ON t.policy_domain_id = b.policy_domain_id AND t.source_id = a.source_id
    AND t.shape_id = b.shape_id AND t.timed = b.timed
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
