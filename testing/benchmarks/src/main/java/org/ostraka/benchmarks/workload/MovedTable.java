package org.ostraka.benchmarks.workload;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.benchmarks.load.Caller;
import org.ostraka.benchmarks.load.LoadFailedException;

/**
 * The table {@link Table#ITEMS} as it is backed up, restored, exported and imported. Each operation
 * is begun and looked at by requests of its own. One thread.
 */
public final class MovedTable implements AutoCloseable {
  private static final String SOURCE = Table.ITEMS.tableName();
  private static final int MAX_ANSWER_BYTES = 64 << 10;

  private final Caller caller;

  /** The prefix of the last export's files. */
  private String exported = "";

  /** Work of the server that has been asked for. */
  public interface Work {
    /** Returns whether it is done; refuses an end other than success. */
    boolean isDone() throws IOException;
  }

  /**
   * What a table has.
   *
   * @param bytes the bytes of the items, as the API counts them
   */
  public record Contents(long items, long bytes) {}

  /** Connects. */
  public MovedTable(URI endpoint) throws IOException {
    caller = new Caller(endpoint, MAX_ANSWER_BYTES);
  }

  /** Returns the name of the table that everything begins with. */
  public static String source() {
    return SOURCE;
  }

  /** Lets the server record the table's changes, without which it refuses exports. */
  public void enableRecovery() throws IOException {
    demand(
        "UpdateContinuousBackups",
        """
        {"TableName":"%s","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true}}\
        """
            .formatted(SOURCE));
  }

  /** Begins a backup. */
  public Work backup() throws IOException {
    String answer =
        demand("CreateBackup", "{\"TableName\":\"%s\",\"BackupName\":\"bench\"}".formatted(SOURCE));
    String arn = member(answer, "BackupArn");
    return () -> hasEnded(demand("DescribeBackup", named("BackupArn", arn)), "AVAILABLE");
  }

  /** Begins to restore the newest backup of the table into another one. */
  public Work restore(String target) throws IOException {
    String arn = member(demand("ListBackups", table(SOURCE)), "BackupArn");
    demand(
        "RestoreTableFromBackup",
        "{\"BackupArn\":\"%s\",\"TargetTableName\":\"%s\"}".formatted(arn, target));
    return () -> isActive(target);
  }

  /** Begins to restore the table as it is now into another one. */
  public Work restoreLatest(String target) throws IOException {
    demand(
        "RestoreTableToPointInTime",
        "{\"SourceTableName\":\"%s\",\"TargetTableName\":\"%s\",\"UseLatestRestorableTime\":true}"
            .formatted(SOURCE, target));
    return () -> isActive(target);
  }

  /** Begins a full export into a bucket, in DynamoDB JSON or Ion. */
  public Work export(String bucket, String format) throws IOException {
    String table = demand("DescribeTable", table(SOURCE));
    String arn = member(table, "TableArn");
    String answer =
        demand(
            "ExportTableToPointInTime",
            "{\"TableArn\":\"%s\",\"S3Bucket\":\"%s\",\"ExportFormat\":\"%s\"}"
                .formatted(arn, bucket, format));
    String export = member(answer, "ExportArn");
    exported = "AWSDynamoDB/" + export.substring(export.lastIndexOf('/') + 1) + "/data/";
    return () -> hasEnded(demand("DescribeExport", named("ExportArn", export)), "COMPLETED");
  }

  /** Begins to import the last export into a new table. */
  public Work importInto(String target, String bucket, String format) throws IOException {
    String answer =
        demand(
            "ImportTable",
            """
            {"S3BucketSource":{"S3Bucket":"%s","S3KeyPrefix":"%s"},"InputFormat":"%s",\
            "InputCompressionType":"GZIP","TableCreationParameters":{"TableName":"%s",\
            "BillingMode":"PAY_PER_REQUEST",\
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}}\
            """
                .formatted(bucket, exported, format, target));
    String arn = member(answer, "ImportArn");
    return () -> hasEnded(demand("DescribeImport", named("ImportArn", arn)), "COMPLETED");
  }

  /** Returns what a table has. */
  public Contents contents(String table) throws IOException {
    String answer = demand("DescribeTable", table(table));
    return new Contents(
        Long.parseLong(member(answer, "ItemCount")),
        Long.parseLong(member(answer, "TableSizeBytes")));
  }

  /** Deletes a table, and returns when its name is free. */
  public Work drop(String table) throws IOException {
    demand("DeleteTable", table(table));
    return () -> caller.call("DescribeTable", table(table)).status() != 200;
  }

  @Override
  public void close() throws IOException {
    caller.close();
  }

  private boolean isActive(String table) throws IOException {
    return hasEnded(demand("DescribeTable", table(table)), "ACTIVE");
  }

  private static boolean hasEnded(String answer, String success) throws LoadFailedException {
    if (answer.contains("\"FAILED\"")) {
      throw new LoadFailedException("no success: " + answer);
    }
    return answer.contains("Status\":\"" + success + "\"");
  }

  private String demand(String operation, String body) throws IOException {
    Caller.Answer answer = caller.call(operation, body);
    if (!answer.isSuccess()) {
      throw new LoadFailedException("no success: " + answer.summary());
    }
    return StandardCharsets.UTF_8.decode(caller.keptBody()).toString();
  }

  private static String table(String name) {
    return named("TableName", name);
  }

  private static String named(String member, String value) {
    return "{\"%s\":\"%s\"}".formatted(member, value);
  }

  private static String member(String answer, String name) throws LoadFailedException {
    Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(answer);
    if (!found.find()) {
      throw new LoadFailedException("no " + name + " in " + answer);
    }
    return found.group(1);
  }
}
