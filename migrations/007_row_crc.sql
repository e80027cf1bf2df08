-- What no other row can tell again (names, words, sizes) carries a check of its own, so that
-- `ruadmap verify` notices a byte that changed on the disk: the lower 24 bits of a CRC-32
-- (server/store/row-crc.ts). NULL: written by a version before this one, and not checked.
-- A profile has its hash, kept bytes have theirs.

ALTER TABLE message ADD COLUMN crc INTEGER;
ALTER TABLE document ADD COLUMN crc INTEGER;
ALTER TABLE source ADD COLUMN crc INTEGER;
ALTER TABLE address_name ADD COLUMN crc INTEGER;
