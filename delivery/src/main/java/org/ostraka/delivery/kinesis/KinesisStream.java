package org.ostraka.delivery.kinesis;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ostraka.delivery.wire.KinesisJson;

/**
 * A Kinesis data stream, as its clients use it. Any thread.
 *
 * @param name the stream's name
 */
record KinesisStream(KinesisEndpoint endpoint, String region, String name) {
  /** The error of a record that the stream has no capacity for. */
  static final String THROTTLED = "ProvisionedThroughputExceededException";

  private static final int OK = 200;

  /** Whether a stream takes records. */
  enum Health {
    /** It does. */
    TAKES_RECORDS,
    /** It does not exist, or is not ours to use. */
    REFUSES,
    /** It cannot be reached, or is not ready, at present. */
    UNREACHABLE
  }

  Health health() throws InterruptedException {
    try {
      KinesisEndpoint.Answer answer =
          endpoint.call(region, "DescribeStreamSummary", KinesisJson.describe(name));
      if (answer.status() == OK) {
        return switch (KinesisJson.status(answer.body()).orElse("")) {
          case "ACTIVE", "UPDATING" -> Health.TAKES_RECORDS;
          default -> Health.UNREACHABLE;
        };
      }
      return answer.isRefused() ? Health.REFUSES : Health.UNREACHABLE;
    } catch (IOException _) {
      return Health.UNREACHABLE;
    }
  }

  /**
   * Writes records.
   *
   * @return for each record, why it was not written; empty when it was
   * @throws RefusedException when the request can never succeed as it is
   * @throws IOException when it is unknown what was written
   */
  List<Optional<String>> put(List<KinesisJson.Entry> entries)
      throws IOException, InterruptedException {
    KinesisEndpoint.Answer answer =
        endpoint.call(region, "PutRecords", KinesisJson.put(name, entries));
    if (answer.status() == OK) {
      List<Optional<String>> failures = KinesisJson.failures(answer.body());
      if (failures.size() != entries.size()) {
        throw new IOException("the answer is not for as many records as the request has");
      }
      return failures;
    }
    String error = KinesisJson.errorName(answer.body()).orElse("status " + answer.status());
    return switch (error) {
      case "ValidationException", "InvalidArgumentException" -> throw new RefusedException(error);
      case THROTTLED -> Collections.nCopies(entries.size(), Optional.of(THROTTLED));
      default -> throw new IOException(error);
    };
  }

  /** The request is refused for what it has. */
  static final class RefusedException extends IOException {
    RefusedException(String error) {
      super(error);
    }
  }
}
