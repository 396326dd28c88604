package org.ostraka.voting.count;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogEnd;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.audit.SurvivingLog;
import org.ostraka.voting.audit.Takeover;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Continues the log of one shard of a lost region: with the ballots that it had accepted and not
 * counted, with what takes votes back whose voters have voted again, and with the seal. One thread.
 */
final class ShardAdoption {
  /**
   * What all shards have in common.
   *
   * @param table in the regions that are left; everything is written in the first of them
   * @param published the last publication for the lost region
   */
  record Common(
      VoteTable table,
      Election election,
      Paper paper,
      Takeover takeover,
      Optional<Roots.Signed> published,
      AdoptionReport report) {
    String first() {
      return table.regions().getFirst();
    }
  }

  private final Common common;
  private final LogId log;
  private final Lease lease;
  private final Set<Entry> known = new HashSet<>();
  private final SortedMap<String, Entry> counted = new TreeMap<>();
  private final Map<String, Map<String, AttributeValue>> standing = new HashMap<>();
  private final List<Entry> more = new ArrayList<>();

  /**
   * Makes the adoption of a shard.
   *
   * @param lease the latest one of the shard
   */
  ShardAdoption(Common common, int shard, Lease lease) {
    this.common = common;
    this.log = new LogId(common.election().id(), shard, common.takeover().lost());
    this.lease = lease;
  }

  /**
   * Continues the log if that is possible, and returns all of its entries then.
   *
   * @throws IllegalStateException if somebody else has taken the count over since
   */
  List<Entry> adopt() {
    VoteTable counts = common.table().counts();
    AuditLogs logs = new AuditLogs(counts, common.first());
    SurvivingLog surviving = SurvivingLog.read(counts, common.table().regions(), log);
    Optional<String> problem = surviving.problem().or(() -> shorterThanPublished(surviving));
    if (problem.isEmpty()) {
      surviving.copy(counts);
      LogEnd end = logs.end(log);
      if (end.head().equals(surviving.read().head())) {
        List<Entry> entries = new ArrayList<>(surviving.read().entries());
        find(entries);
        append(end);
        entries.addAll(more);
        return entries;
      }
      problem = Optional.of("another row is in the place of one of its rows in " + common.first());
    }
    common
        .report()
        .refuse(
            "The log of shard %d of %s cannot be continued: %s"
                .formatted(log.shard(), log.region(), problem.orElseThrow()));
    return logs.read(log).entries();
  }

  private Optional<String> shorterThanPublished(SurvivingLog surviving) {
    long size = surviving.read().head().size();
    return common
        .published()
        .filter(last -> last.roots().shards().get(log.shard()).size() > size)
        .map(last ->
            "publication %d has %d records of it, and %d are left"
                .formatted(
                    last.roots().number(), last.roots().shards().get(log.shard()).size(), size));
  }

  /** Finds what is missing in the log. */
  private void find(List<Entry> entries) {
    ShardRows rows = ShardRows.read(common.table(), log.election(), log.shard());
    entries.forEach(this::remember);
    for (String sort : rows.keys()) {
      ShardRows.Latest latest = rows.latest(sort).orElseThrow();
      if (isOfLost(latest.row())) {
        findRow(rows, sort, latest);
      } else {
        standing.put(sort, latest.row());
      }
    }
    counted.forEach((sort, entry) -> {
      if (hasGivenWay(sort, entry)) {
        more.add(entry.ofKind(Entry.Kind.SUPERSEDED));
      }
    });
    boolean isSealCounted = known.stream().anyMatch(it -> it.kind() == Entry.Kind.SEALED);
    if (lease.isSealed() && lease.region().equals(log.region()) && !isSealCounted) {
      more.add(new Entry(Entry.Kind.SEALED, "", "", "", Long.toString(lease.epoch())));
    }
  }

  /** Remembers an entry, and by its key whether the ballot or voter is in the count. */
  private void remember(Entry entry) {
    boolean _ = known.add(entry);
    boolean isSecret = common.election().isSecret();
    switch (entry.kind()) {
      case CAST, VOTED -> {
        var _ = counted.putIfAbsent(entry.sortKey(isSecret), entry);
      }
      case SUPERSEDED -> {
        Entry cast = entry.ofKind(Entry.Kind.CAST);
        boolean _ = counted.remove(cast.sortKey(isSecret), cast);
      }
      case SEALED, CHANGED, REMOVED, FORGED -> {}
    }
  }

  /** Judges a row of the lost region, and adds it to what is missing if it is. */
  private void findRow(ShardRows rows, String sort, ShardRows.Latest latest) {
    Entry entry = ShardChange.added(log, sort, latest.row(), common.paper());
    if (latest.isDisputed()) {
      passOver(sort, "regions have different rows");
      return;
    }
    if (entry.kind() == Entry.Kind.FORGED) {
      if (!known.contains(entry)) {
        passOver(sort, "it is no ballot of this election");
        more.add(entry);
      }
      return;
    }
    if (counted.containsKey(sort) && !known.contains(entry)) {
      passOver(sort, "it is not what the log of " + log.region() + " says");
      return;
    }
    Map<String, AttributeValue> now = spread(rows, sort, latest.row());
    standing.put(sort, now);
    if (now.equals(latest.row()) && !known.contains(entry)) {
      more.add(entry);
    }
  }

  private void passOver(String sort, String why) {
    common.report().passOver("Row %s of shard %d: %s".formatted(sort, log.shard(), why));
  }

  private boolean isOfLost(Map<String, AttributeValue> row) {
    return ShardChange.text(row, Lease.REGION).equals(log.region());
  }

  /** Returns whether a voter has voted again in another region, under a later lease. */
  private boolean hasGivenWay(String sort, Entry entry) {
    Optional<Map<String, AttributeValue>> row = Optional.ofNullable(standing.get(sort));
    return entry.kind() == Entry.Kind.CAST
        && row.filter(it -> !isOfLost(it))
            .filter(it -> ShardChange.epoch(it) > epoch(entry))
            .isPresent();
  }

  private static long epoch(Entry entry) {
    try {
      return Long.parseLong(entry.epoch());
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  /**
   * Puts a row into the regions that do not have it, first into the one that accepts the votes of
   * the shard now: after that no voter can vote again there.
   *
   * @return the row that this region has then, which may be a later one
   */
  private Map<String, AttributeValue> spread(
      ShardRows rows, String sort, Map<String, AttributeValue> row) {
    List<String> regions = common.table().regions();
    String accepting = regions.contains(lease.region()) ? lease.region() : common.first();
    Map<String, AttributeValue> there = rows.has(accepting, sort) ? row : put(accepting, row);
    if (!there.equals(row)) {
      return there;
    }
    for (String region : regions) {
      if (!region.equals(accepting) && !rows.has(region, sort) && !put(region, row).equals(row)) {
        passOver(sort, "it is another one in " + region);
      }
    }
    return row;
  }

  /** Puts a row into a region that has none, and returns the one that it has then. */
  private Map<String, AttributeValue> put(String region, Map<String, AttributeValue> row) {
    if (common.table().add(region, row)) {
      common.report().copied(region);
      return row;
    }
    return common.table().read(region, Keys.of(row)).orElse(row);
  }

  /** Appends what is missing, in rows as large as those of counters. */
  private void append(LogEnd end) {
    LogEnd last = end;
    for (List<Entry> some : divided(more)) {
      Segment segment = Segment.after(log, last.head(), some);
      VoteTable counts = common.table().counts();
      List<TransactWriteItem> actions =
          List.of(common.takeover().check(counts), put(counts, segment.row(last.unreadable())));
      if (!counts.commit(common.first(), actions)) {
        throw new IllegalStateException(
            "somebody else has taken over the count of " + log.region() + " and goes on");
      }
      some.forEach(entry -> common.report().add(log.region(), entry));
      last = new LogEnd(segment.head(), last.unreadable());
    }
  }

  private static TransactWriteItem put(VoteTable counts, Map<String, AttributeValue> row) {
    return TransactWriteItem.builder()
        .put(it ->
            it.tableName(counts.name()).item(row).conditionExpression("attribute_not_exists(PK)"))
        .build();
  }

  private static List<List<Entry>> divided(List<Entry> entries) {
    List<List<Entry>> parts = new ArrayList<>();
    List<Entry> part = new ArrayList<>();
    int bytes = 0;
    for (Entry entry : entries) {
      int length = entry.text().getBytes(StandardCharsets.UTF_8).length;
      boolean isFull =
          part.size() == Batch.MAX_ENTRIES_OF_A_LOG || bytes + length > Batch.MAX_BYTES_OF_A_LOG;
      if (isFull) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(entry);
      bytes += length;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
