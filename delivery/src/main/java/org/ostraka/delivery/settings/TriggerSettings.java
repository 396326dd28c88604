package org.ostraka.delivery.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ostraka.delivery.filter.FilterPattern;
import org.ostraka.model.TableArn;

/**
 * A function that is sent the changes of a table: the settings of an event source mapping, see
 * "Lambda parameters for Amazon DynamoDB event source mappings" in the AWS Lambda Developer Guide.
 * Immutable.
 *
 * @param name identifies the trigger, and its place in the log, through restarts
 * @param endpoint the URL to which batches are posted
 * @param batchSize the most records of a batch, 1 to 10,000
 * @param batchingWindow how long a batch waits for more records, 0 to 300 seconds
 * @param parallelizationFactor how many batches of a shard may be under way, 1 to 10
 * @param maxRetries how often a batch that failed is sent again; empty for as long as it takes
 * @param maxRecordAge the age from which records are given up; empty for never
 * @param bisects whether a batch that failed is split in two
 * @param reportsItemFailures whether the answers of the function name the records that failed
 * @param filters patterns of which a record must match one; empty to send every record
 * @param deadLetters the file that gets a line for each batch that was given up
 * @param timeout how long the endpoint may take to answer, 1 to 900 seconds
 */
public record TriggerSettings(
    String name,
    TableArn table,
    URI endpoint,
    StartingPosition startingPosition,
    int batchSize,
    Duration batchingWindow,
    int parallelizationFactor,
    OptionalInt maxRetries,
    Optional<Duration> maxRecordAge,
    boolean bisects,
    boolean reportsItemFailures,
    List<FilterPattern> filters,
    Optional<Path> deadLetters,
    Duration timeout) {
  public TriggerSettings {
    filters = List.copyOf(filters);
  }
}
