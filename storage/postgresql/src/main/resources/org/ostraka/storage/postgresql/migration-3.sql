-- Version 3: rows that decisions rest on are looked up by their keys one after the other, and each once for a group. A
-- plan that was made while the table was empty read the table whole, and compared each of its rows with each wanted
-- one. Servers of version 2 go on with ostraka.decide_group.

-- Commits those of several decisions whose rows have the versions that the decision has seen: a stamp of -1 stands for
-- an absent row. A row that several decisions rest on stands once; `rests` says which decision rests on which row, both
-- counted from 1. Returns the numbers of the other decisions, which write nothing. Each statement sees what was
-- committed before it began, and so the comparison sees what was committed before the locks were taken. No decision
-- writes a row that another one of the group rests on.
CREATE FUNCTION ostraka.decide_together(
  caller bigint, group_number bigint, observed bigint, own_origins integer[],
  lock_keys bigint[], lock_shared boolean[],
  rests_decisions integer[], rests_rows integer[],
  seen_spaces bigint[], seen_hashes bigint[], seen_partitions bytea[], seen_heads bytea[], seen_ids bytea[],
  seen_stamps bigint[], seen_origins integer[],
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
  changed bigint[];
  losers integer[] := '{}';
  stamps bigint[];
  deleted record;
BEGIN
  PERFORM CASE WHEN lock.shared THEN pg_advisory_xact_lock_shared(lock.key) ELSE pg_advisory_xact_lock(lock.key) END
    FROM unnest(lock_keys, lock_shared) AS lock(key, shared);
  changed := ARRAY(
    SELECT seen.number
      FROM unnest(seen_spaces, seen_hashes, seen_partitions, seen_heads, seen_ids, seen_stamps, seen_origins)
        WITH ORDINALITY AS seen(space, hash, partition_id, sort_head, sort_id, stamp, origin, number)
      LEFT JOIN LATERAL (
        SELECT stored.stamp, stored.origin FROM ostraka.rows AS stored
          WHERE stored.space = seen.space AND stored.hash = seen.hash AND stored.partition_id = seen.partition_id
            AND stored.sort_head = seen.sort_head AND stored.sort_id = seen.sort_id
          OFFSET 0) AS present ON true
      WHERE coalesce(present.stamp, -1) <> seen.stamp OR coalesce(present.origin, 0) <> seen.origin);
  IF cardinality(changed) > 0 THEN
    losers := ARRAY(
      SELECT DISTINCT rests.decision FROM unnest(rests_decisions, rests_rows) AS rests(decision, row_number)
        WHERE rests.row_number = ANY (changed));
    IF cardinality(losers) = decisions THEN
      RETURN losers;
    END IF;
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
  FOR deleted IN
    SELECT * FROM unnest(deleted_decisions, deleted_spaces, deleted_hashes, deleted_partitions, deleted_heads,
        deleted_ids) AS wanted(decision, space, hash, partition_id, sort_head, sort_id)
      WHERE wanted.decision <> ALL (losers)
  LOOP
    DELETE FROM ostraka.rows AS present
      WHERE present.space = deleted.space AND present.hash = deleted.hash
        AND present.partition_id = deleted.partition_id AND present.sort_head = deleted.sort_head
        AND present.sort_id = deleted.sort_id;
  END LOOP;
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
