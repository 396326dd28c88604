-- Version 1 of the schema. A migration that has been released never changes.

-- Rows, in ranges of the hash of their partition. The key has what a b-tree entry can hold: of a long partition the
-- first bytes and a digest, of long sort bytes the first 2,048, and a digest of the rest for uniqueness.
CREATE TABLE ostraka.rows (
  space bigint NOT NULL,
  hash bigint NOT NULL,
  partition_id bytea NOT NULL,
  sort_head bytea NOT NULL,
  sort_id bytea NOT NULL,
  sort_tail bytea NOT NULL,
  long_partition bytea,
  value bytea NOT NULL,
  stamp bigint NOT NULL,
  origin integer NOT NULL,
  PRIMARY KEY (space, hash, partition_id, sort_head, sort_id)
) PARTITION BY RANGE (hash);

DO $$
BEGIN
  FOR i IN 0..7 LOOP
    EXECUTE format(
      'CREATE TABLE ostraka.rows_%s PARTITION OF ostraka.rows FOR VALUES FROM (%s) TO (%s) WITH (fillfactor = 90)',
      i,
      CASE i WHEN 0 THEN 'MINVALUE' ELSE ((i - 4) * 2305843009213693952)::text END,
      CASE i WHEN 7 THEN 'MAXVALUE' ELSE ((i - 3) * 2305843009213693952)::text END);
  END LOOP;
END $$;

-- Records of logs. Positions come from the same clock as stamps.
CREATE TABLE ostraka.records (
  log bigint NOT NULL,
  position bigint NOT NULL,
  stamp bigint NOT NULL,
  version_stamp bigint NOT NULL,
  version_origin integer NOT NULL,
  replicated boolean NOT NULL,
  value bytea NOT NULL,
  PRIMARY KEY (log, position)
);

-- How far logs are trimmed, and their newest position at that time.
CREATE TABLE ostraka.trimmed (
  log bigint PRIMARY KEY,
  trimmed bigint NOT NULL,
  newest bigint NOT NULL
);

-- What the callers of decisions write, one row each: the last decision that was committed. A caller that lost its
-- connection fences its row, which waits for the transaction that holds it, and then knows the outcome.
CREATE TABLE ostraka.callers (
  id bigint PRIMARY KEY,
  decision bigint NOT NULL,
  fenced boolean NOT NULL,
  touched timestamptz NOT NULL
) WITH (fillfactor = 50);

-- The hybrid logical clock of the store: its last value is the last stamp, or position, that was given.
CREATE SEQUENCE ostraka.clock;

CREATE SEQUENCE ostraka.caller_id;

-- Wall time as the first stamp of its millisecond.
CREATE FUNCTION ostraka.wall() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint << 16 $$;

-- Advisory locks: (int, int) for stamps of decisions in flight; bigint for rows (even) and for the clock (1).

-- Marks a stamp as in flight until the transaction ends.
CREATE FUNCTION ostraka.mark_in_flight(stamp bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock((stamp >> 32)::int, ((stamp << 32) >> 32)::int);
END $$;

-- Returns the next stamp of a decision, greater than one that was observed elsewhere, and marks it as in flight. A
-- stamp may be up to 16 ms behind wall time, so that the clock is rarely set. Nobody sets it while another one takes
-- a stamp, and nobody reads it between the taking of a stamp and its mark.
CREATE FUNCTION ostraka.next_stamp(observed bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  stamp bigint;
  now bigint := ostraka.wall();
  latest bigint := now + (300000::bigint << 16);
BEGIN
  IF observed > latest THEN
    RAISE EXCEPTION 'clock: % %', observed >> 16, now >> 16 USING ERRCODE = 'OS001';
  END IF;
  PERFORM pg_advisory_lock_shared(1);
  stamp := nextval('ostraka.clock');
  IF stamp > observed AND stamp >= now - (16::bigint << 16) THEN
    PERFORM ostraka.mark_in_flight(stamp);
    PERFORM pg_advisory_unlock_shared(1);
  ELSE
    PERFORM pg_advisory_unlock_shared(1);
    PERFORM pg_advisory_lock(1);
    PERFORM setval('ostraka.clock', greatest(last_value, observed, now)) FROM ostraka.clock;
    stamp := nextval('ostraka.clock');
    PERFORM ostraka.mark_in_flight(stamp);
    PERFORM pg_advisory_unlock(1);
  END IF;
  IF stamp > latest THEN
    RAISE EXCEPTION 'clock: % %', stamp >> 16, now >> 16 USING ERRCODE = 'OS001';
  END IF;
  RETURN stamp;
END $$;

-- Returns the greatest stamp below which no decision is in flight. Whoever reads in a later statement sees all
-- decisions up to it. Advancing the clock makes the answer greater than all earlier ones.
CREATE FUNCTION ostraka.horizon(advance boolean) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  newest bigint;
  oldest bigint;
BEGIN
  PERFORM pg_advisory_lock(1);
  IF advance THEN
    PERFORM setval('ostraka.clock', greatest(last_value, ostraka.wall())) FROM ostraka.clock;
    newest := nextval('ostraka.clock');
  ELSE
    SELECT last_value INTO newest FROM ostraka.clock;
  END IF;
  PERFORM pg_advisory_unlock(1);
  SELECT min((classid::bigint << 32) | objid::bigint) INTO oldest
    FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND mode = 'ExclusiveLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
  RETURN least(newest, oldest - 1);
END $$;

-- Waits until the decision right above a horizon has ended.
CREATE FUNCTION ostraka.await_end(horizon bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  stamp bigint := horizon + 1;
BEGIN
  PERFORM pg_advisory_lock_shared((stamp >> 32)::int, ((stamp << 32) >> 32)::int);
  PERFORM pg_advisory_unlock_shared((stamp >> 32)::int, ((stamp << 32) >> 32)::int);
END $$;

-- Takes the locks of rows until the transaction ends; the keys are in ascending order.
CREATE FUNCTION ostraka.lock_rows(keys bigint[], shared boolean[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 1..cardinality(keys) LOOP
    IF shared[i] THEN
      PERFORM pg_advisory_xact_lock_shared(keys[i]);
    ELSE
      PERFORM pg_advisory_xact_lock(keys[i]);
    END IF;
  END LOOP;
END $$;

-- Commits a decision if all the rows that it rests on have the versions that it has seen: a stamp of -1 stands for an
-- absent row. Returns 0, or the number of the first row that has another version. Each statement sees what was
-- committed before it began, and so the comparison sees what was committed before the locks were taken.
CREATE FUNCTION ostraka.decide(
  caller bigint, decision bigint, observed bigint, own_origin integer,
  lock_keys bigint[], lock_shared boolean[],
  seen_spaces bigint[], seen_hashes bigint[], seen_partitions bytea[], seen_heads bytea[], seen_ids bytea[],
  seen_stamps bigint[], seen_origins integer[],
  put_spaces bigint[], put_hashes bigint[], put_partitions bytea[], put_heads bytea[], put_ids bytea[],
  put_tails bytea[], put_long_partitions bytea[], put_values bytea[], put_stamps bigint[], put_origins integer[],
  deleted_spaces bigint[], deleted_hashes bigint[], deleted_partitions bytea[], deleted_heads bytea[],
  deleted_ids bytea[],
  record_logs bigint[], record_values bytea[], record_stamps bigint[], record_origins integer[]
) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  changed integer;
  own bigint;
BEGIN
  PERFORM ostraka.lock_rows(lock_keys, lock_shared);
  SELECT min(seen.number) INTO changed
    FROM unnest(seen_spaces, seen_hashes, seen_partitions, seen_heads, seen_ids, seen_stamps, seen_origins)
      WITH ORDINALITY AS seen(space, hash, partition_id, sort_head, sort_id, stamp, origin, number)
    LEFT JOIN ostraka.rows AS present USING (space, hash, partition_id, sort_head, sort_id)
    WHERE coalesce(present.stamp, -1) <> seen.stamp OR coalesce(present.origin, 0) <> seen.origin;
  IF changed IS NOT NULL THEN
    RETURN changed;
  END IF;
  UPDATE ostraka.callers SET decision = decide.decision, touched = now() WHERE id = caller AND NOT fenced;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the caller is fenced' USING ERRCODE = 'OS002';
  END IF;
  own := ostraka.next_stamp(observed);
  IF cardinality(put_spaces) > 0 THEN
    INSERT INTO ostraka.rows AS present
      (space, hash, partition_id, sort_head, sort_id, sort_tail, long_partition, value, stamp, origin)
      SELECT put.space, put.hash, put.partition_id, put.sort_head, put.sort_id, put.sort_tail, put.long_partition,
          put.value, coalesce(put.stamp, own), coalesce(put.origin, own_origin)
        FROM unnest(put_spaces, put_hashes, put_partitions, put_heads, put_ids, put_tails, put_long_partitions,
          put_values, put_stamps, put_origins)
          AS put(space, hash, partition_id, sort_head, sort_id, sort_tail, long_partition, value, stamp, origin)
      ON CONFLICT ON CONSTRAINT rows_pkey
        DO UPDATE SET value = excluded.value, stamp = excluded.stamp, origin = excluded.origin;
  END IF;
  IF cardinality(deleted_spaces) > 0 THEN
    DELETE FROM ostraka.rows AS present
      USING unnest(deleted_spaces, deleted_hashes, deleted_partitions, deleted_heads, deleted_ids)
        AS deleted(space, hash, partition_id, sort_head, sort_id)
      WHERE present.space = deleted.space AND present.hash = deleted.hash
        AND present.partition_id = deleted.partition_id AND present.sort_head = deleted.sort_head
        AND present.sort_id = deleted.sort_id;
  END IF;
  FOR i IN 1..cardinality(record_logs) LOOP
    INSERT INTO ostraka.records
      VALUES (record_logs[i], CASE i WHEN 1 THEN own ELSE nextval('ostraka.clock') END, own,
        coalesce(record_stamps[i], own), coalesce(record_origins[i], own_origin), record_stamps[i] IS NOT NULL,
        record_values[i]);
  END LOOP;
  RETURN 0;
END $$;

-- Returns the newest position of a log that readers may see.
CREATE FUNCTION ostraka.newest(wanted bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  found bigint;
  horizon bigint;
  bound bigint;
BEGIN
  SELECT max(position) INTO found FROM ostraka.records WHERE log = wanted;
  IF found IS NOT NULL THEN
    LOOP
      horizon := ostraka.horizon(false);
      EXIT WHEN horizon >= found;
      PERFORM ostraka.await_end(horizon);
    END LOOP;
    SELECT max(position) INTO found FROM ostraka.records WHERE log = wanted AND position <= horizon;
  END IF;
  SELECT newest INTO bound FROM ostraka.trimmed WHERE log = wanted;
  RETURN greatest(found, bound, 0);
END $$;

-- Returns records of a log after a position, as many as all readers will ever find there. Waits when there are
-- records but an earlier one may still appear before the first of them.
CREATE FUNCTION ostraka.read_log(wanted bigint, after bigint, max_records integer, max_bytes bigint)
RETURNS SETOF ostraka.records LANGUAGE plpgsql AS $$
DECLARE
  horizon bigint;
  bytes bigint := 0;
  count integer := 0;
  r ostraka.records;
BEGIN
  LOOP
    horizon := ostraka.horizon(false);
    FOR r IN
      SELECT * FROM ostraka.records WHERE log = wanted AND position > after AND position <= horizon
        ORDER BY position LIMIT max_records
    LOOP
      bytes := bytes + octet_length(r.value);
      EXIT WHEN bytes > max_bytes AND count > 0;
      count := count + 1;
      RETURN NEXT r;
    END LOOP;
    EXIT WHEN count > 0 OR NOT EXISTS
      (SELECT FROM ostraka.records WHERE log = wanted AND position > greatest(after, horizon));
    PERFORM ostraka.await_end(horizon);
  END LOOP;
END $$;

-- Removes the records of a log up to a position that readers may see.
CREATE FUNCTION ostraka.trim_log(wanted bigint, up_to bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  newest_seen bigint := ostraka.newest(wanted);
  last bigint := least(up_to, newest_seen);
BEGIN
  IF last > 0 THEN
    INSERT INTO ostraka.trimmed VALUES (wanted, last, newest_seen)
      ON CONFLICT (log) DO UPDATE SET
        trimmed = greatest(trimmed.trimmed, excluded.trimmed), newest = greatest(trimmed.newest, excluded.newest);
    DELETE FROM ostraka.records WHERE log = wanted AND position <= last;
  END IF;
END $$;
