-- Version 2: several decisions in one transaction. Servers of version 1 go on with ostraka.decide.

-- The decisions of the caller's last group that were refused, by their numbers in the group.
ALTER TABLE ostraka.callers ADD COLUMN refused integer[];

-- Returns values of the clock in ascending order, all greater than one that was observed elsewhere, and marks the first
-- as in flight: until the transaction ends, readers of logs see nothing from there on. Nobody sets the clock meanwhile.
CREATE FUNCTION ostraka.next_stamps(observed bigint, wanted integer) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
  stamps bigint[];
  now bigint := ostraka.wall();
  latest bigint := now + (300000::bigint << 16);
BEGIN
  IF observed > latest THEN
    RAISE EXCEPTION 'clock: % %', observed >> 16, now >> 16 USING ERRCODE = 'OS001';
  END IF;
  PERFORM pg_advisory_lock_shared(1);
  stamps := ARRAY(SELECT nextval('ostraka.clock') FROM generate_series(1, wanted));
  IF stamps[1] > observed AND stamps[1] >= now - (16::bigint << 16) THEN
    PERFORM ostraka.mark_in_flight(stamps[1]);
    PERFORM pg_advisory_unlock_shared(1);
  ELSE
    PERFORM pg_advisory_unlock_shared(1);
    PERFORM pg_advisory_lock(1);
    PERFORM setval('ostraka.clock', greatest(last_value, observed, now)) FROM ostraka.clock;
    stamps := ARRAY(SELECT nextval('ostraka.clock') FROM generate_series(1, wanted));
    PERFORM ostraka.mark_in_flight(stamps[1]);
    PERFORM pg_advisory_unlock(1);
  END IF;
  IF stamps[1] > latest THEN
    RAISE EXCEPTION 'clock: % %', stamps[1] >> 16, now >> 16 USING ERRCODE = 'OS001';
  END IF;
  RETURN stamps;
END $$;

-- Commits those of several decisions whose rows have the versions that the decision has seen: a stamp of -1 stands for
-- an absent row. Returns the numbers of the others, from 1, which write nothing. Each statement sees what was committed
-- before it began, and so the comparison sees what was committed before the locks were taken. No decision writes a row
-- that another one of the group rests on.
CREATE FUNCTION ostraka.decide_group(
  caller bigint, group_number bigint, observed bigint, own_origins integer[],
  lock_keys bigint[], lock_shared boolean[],
  seen_decisions integer[], seen_spaces bigint[], seen_hashes bigint[], seen_partitions bytea[], seen_heads bytea[],
  seen_ids bytea[], seen_stamps bigint[], seen_origins integer[],
  put_decisions integer[], put_spaces bigint[], put_hashes bigint[], put_partitions bytea[], put_heads bytea[],
  put_ids bytea[], put_tails bytea[], put_long_partitions bytea[], put_values bytea[], put_stamps bigint[],
  put_origins integer[],
  deleted_decisions integer[], deleted_spaces bigint[], deleted_hashes bigint[], deleted_partitions bytea[],
  deleted_heads bytea[], deleted_ids bytea[],
  record_decisions integer[], record_logs bigint[], record_values bytea[], record_stamps bigint[],
  record_origins integer[]
) RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
  decisions integer := cardinality(own_origins);
  losers integer[];
  stamps bigint[];
BEGIN
  PERFORM CASE WHEN lock.shared THEN pg_advisory_xact_lock_shared(lock.key) ELSE pg_advisory_xact_lock(lock.key) END
    FROM unnest(lock_keys, lock_shared) AS lock(key, shared);
  losers := ARRAY(
    SELECT DISTINCT seen.decision
      FROM unnest(seen_decisions, seen_spaces, seen_hashes, seen_partitions, seen_heads, seen_ids, seen_stamps,
          seen_origins) AS seen(decision, space, hash, partition_id, sort_head, sort_id, stamp, origin)
      LEFT JOIN ostraka.rows AS present USING (space, hash, partition_id, sort_head, sort_id)
      WHERE coalesce(present.stamp, -1) <> seen.stamp OR coalesce(present.origin, 0) <> seen.origin);
  IF cardinality(losers) = decisions THEN
    RETURN losers;
  END IF;
  UPDATE ostraka.callers SET decision = group_number, refused = losers, touched = now()
    WHERE id = caller AND NOT fenced;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the caller is fenced' USING ERRCODE = 'OS002';
  END IF;
  stamps := ostraka.next_stamps(observed, decisions + cardinality(record_logs));
  IF cardinality(put_spaces) > 0 THEN
    INSERT INTO ostraka.rows AS present
      (space, hash, partition_id, sort_head, sort_id, sort_tail, long_partition, value, stamp, origin)
      SELECT put.space, put.hash, put.partition_id, put.sort_head, put.sort_id, put.sort_tail, put.long_partition,
          put.value, coalesce(put.stamp, stamps[put.decision]), coalesce(put.origin, own_origins[put.decision])
        FROM unnest(put_decisions, put_spaces, put_hashes, put_partitions, put_heads, put_ids, put_tails,
          put_long_partitions, put_values, put_stamps, put_origins)
          AS put(decision, space, hash, partition_id, sort_head, sort_id, sort_tail, long_partition, value, stamp,
            origin)
        WHERE put.decision <> ALL (losers)
      ON CONFLICT ON CONSTRAINT rows_pkey
        DO UPDATE SET value = excluded.value, stamp = excluded.stamp, origin = excluded.origin;
  END IF;
  IF cardinality(deleted_spaces) > 0 THEN
    DELETE FROM ostraka.rows AS present
      USING unnest(deleted_decisions, deleted_spaces, deleted_hashes, deleted_partitions, deleted_heads, deleted_ids)
        AS deleted(decision, space, hash, partition_id, sort_head, sort_id)
      WHERE deleted.decision <> ALL (losers)
        AND present.space = deleted.space AND present.hash = deleted.hash
        AND present.partition_id = deleted.partition_id AND present.sort_head = deleted.sort_head
        AND present.sort_id = deleted.sort_id;
  END IF;
  IF cardinality(record_logs) > 0 THEN
    INSERT INTO ostraka.records (log, position, stamp, version_stamp, version_origin, replicated, value)
      SELECT record.log, stamps[decisions + record.number], stamps[record.decision],
          coalesce(record.stamp, stamps[record.decision]),
          coalesce(record.origin, own_origins[record.decision]), record.stamp IS NOT NULL, record.value
        FROM unnest(record_decisions, record_logs, record_values, record_stamps, record_origins)
          WITH ORDINALITY AS record(decision, log, value, stamp, origin, number)
        WHERE record.decision <> ALL (losers);
  END IF;
  RETURN losers;
END $$;
