package org.ostraka.voting;

import static org.ostraka.voting.TwoRegions.FIRST;
import static org.ostraka.voting.TwoRegions.SECOND;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Guesses whose ballot is whose from each thing that the API shows. */
final class Links {
  private final TwoRegions regions;
  private final VoteTable table;

  /** A row, with all that a stream or a query says of its order. */
  private record Seen(String sort, String candidate, Instant time, BigInteger order) {
    boolean isMark() {
      return sort.startsWith(Keys.VOTER);
    }

    String name() {
      return sort.substring(sort.indexOf('#') + 1);
    }
  }

  Links(TwoRegions regions, VoteTable table) {
    this.regions = regions;
    this.table = table;
  }

  /**
   * Returns for each kind of guess how many are right.
   *
   * @param truth the candidate of each voter; no two have the same
   */
  Map<String, Integer> right(Election election, Map<String, String> truth) {
    Map<String, Integer> right = new TreeMap<>();
    for (String region : List.of(FIRST, SECOND)) {
      List<Seen> stream = stream(region, election);
      right.put("order in the stream of " + region, byRank(stream, truth));
      right.put("next in the stream of " + region, byNext(stream, truth));
      List<Seen> backwards = new ArrayList<>(stream.reversed());
      right.put("the one before in the stream of " + region, byNext(backwards, truth));
      right.put("order of times in " + region, byTime(stream, truth));
      right.put("order of a scan in " + region, byRank(scan(region, election), truth));
      right.put("order in the logs of " + region, byRank(logs(region, election), truth));
    }
    return right;
  }

  /** The first mark goes with the first ballot, the second with the second, and so on. */
  private static int byRank(List<Seen> rows, Map<String, String> truth) {
    List<Seen> marks = rows.stream().filter(Seen::isMark).toList();
    List<Seen> ballots = rows.stream().filter(row -> !row.isMark()).toList();
    int right = 0;
    for (int at = 0; at < Math.min(marks.size(), ballots.size()); at++) {
      right += isRight(marks.get(at), ballots.get(at), truth);
    }
    return right;
  }

  /** A mark goes with the next ballot that follows it. */
  private static int byNext(List<Seen> rows, Map<String, String> truth) {
    int right = 0;
    Optional<Seen> mark = Optional.empty();
    for (Seen row : rows) {
      if (row.isMark()) {
        mark = Optional.of(row);
      } else if (mark.isPresent()) {
        right += isRight(mark.get(), row, truth);
        mark = Optional.empty();
      }
    }
    return right;
  }

  /** Within rows of the same time, the order of sequence numbers. */
  private static int byTime(List<Seen> rows, Map<String, String> truth) {
    Map<Instant, List<Seen>> byTime = new LinkedHashMap<>();
    rows.forEach(row -> byTime.computeIfAbsent(row.time(), _ -> new ArrayList<>()).add(row));
    return byTime.values().stream().mapToInt(together -> byRank(together, truth)).sum();
  }

  private static int isRight(Seen mark, Seen ballot, Map<String, String> truth) {
    return ballot.candidate().equals(truth.get(mark.name())) ? 1 : 0;
  }

  private List<Seen> scan(String region, Election election) {
    return table.in(region).scanPaginator(it -> it.tableName(table.name())).items().stream()
        .filter(row -> isOf(election, row))
        .map(row -> seen(row, Instant.EPOCH, BigInteger.ZERO))
        .toList();
  }

  private List<Seen> logs(String region, Election election) {
    AuditLogs logs = new AuditLogs(table.counts(), region);
    List<Seen> seen = new ArrayList<>();
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      for (Entry entry : logs.read(new LogId(election.id(), shard, FIRST)).entries()) {
        boolean isMark = entry.kind() == Entry.Kind.VOTED;
        String sort = (isMark ? Keys.VOTER : Keys.SECRET) + entry.voter();
        seen.add(new Seen(sort, entry.candidate(), Instant.EPOCH, BigInteger.ZERO));
      }
    }
    return seen;
  }

  private List<Seen> stream(String region, Election election) {
    List<Seen> seen = new ArrayList<>();
    try (DynamoDbStreamsClient client = client(region)) {
      String arn =
          table
              .in(region)
              .describeTable(it -> it.tableName(table.name()))
              .table()
              .latestStreamArn();
      for (Shard shard :
          client.describeStream(it -> it.streamArn(arn)).streamDescription().shards()) {
        for (Record record : records(client, arn, shard)) {
          Map<String, AttributeValue> row = record.dynamodb().newImage();
          if (isOf(election, row)) {
            seen.add(
                seen(
                    row,
                    record.dynamodb().approximateCreationDateTime(),
                    new BigInteger(record.dynamodb().sequenceNumber())));
          }
        }
      }
    }
    seen.sort(Comparator.comparing(Seen::order));
    return seen;
  }

  private static List<Record> records(DynamoDbStreamsClient client, String arn, Shard shard) {
    List<Record> records = new ArrayList<>();
    String iterator =
        client
            .getShardIterator(it ->
                it.streamArn(arn)
                    .shardId(shard.shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    while (iterator != null) {
      String at = iterator;
      GetRecordsResponse page = client.getRecords(it -> it.shardIterator(at));
      records.addAll(page.records());
      iterator = page.records().isEmpty() ? null : page.nextShardIterator();
    }
    return records;
  }

  private static boolean isOf(Election election, Map<String, AttributeValue> row) {
    String sort = text(row, Keys.SORT);
    return text(row, Keys.PARTITION).startsWith("VOTE#" + election.id() + "#")
        && (sort.startsWith(Keys.VOTER) || sort.startsWith(Keys.SECRET));
  }

  private static Seen seen(Map<String, AttributeValue> row, Instant time, BigInteger order) {
    return new Seen(text(row, Keys.SORT), text(row, "candidate"), time, order);
  }

  private static String text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name)).map(AttributeValue::s).orElse("");
  }

  private DynamoDbStreamsClient client(String region) {
    return DynamoDbStreamsClient.builder()
        .region(Region.of(region))
        .endpointOverride(regions.endpoint(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TwoRegions.ID, TwoRegions.SECRET)))
        .build();
  }
}
