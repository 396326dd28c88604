package org.ostraka.engine.gate;

import java.util.Optional;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.TableArn;
import org.ostraka.model.Tags;

/**
 * The table, index or stream that a caller asks to use, and which need not exist. One request; it
 * looks for the table only when asked for what the table has.
 */
public final class Target {
  private final TableArn table;
  private final String arn;
  private final Optional<String> stream;
  private final Supplier<Optional<TableRecord>> record;

  /**
   * Makes the target.
   *
   * @param arn of the table, index or stream
   * @param stream the stream's label; absent for tables and indexes
   * @param record returns the table's record; empty when there is no such table
   */
  Target(
      TableArn table, String arn, Optional<String> stream, Supplier<Optional<TableRecord>> record) {
    this.table = table;
    this.arn = arn;
    this.stream = stream;
    this.record = record;
  }

  /** Returns the table, or that of the index or stream. */
  public TableArn table() {
    return table;
  }

  /** Returns the ARN by which policies name it. */
  public String arn() {
    return arn;
  }

  /** Returns its resource-based policy; that of an index is its table's. */
  public Optional<ResourcePolicy> policy() {
    return record.get().flatMap(found -> found.policies().of(stream));
  }

  /** Returns the table's tags. */
  public Tags tags() {
    return record.get().map(TableRecord::tags).orElse(Tags.NONE);
  }
}
