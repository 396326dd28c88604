package org.ostraka.engine.gate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.identity.policy.RequestContext;
import org.ostraka.model.Index;
import org.ostraka.model.IndexKey;
import org.ostraka.model.TableArn;
import org.ostraka.model.Tags;

/**
 * The table, index or stream that a caller asks to use, and which need not exist. One request; it
 * writes the ARN, and looks for the table, only when asked: most callers are the root user, of whom
 * no policy is judged.
 */
public final class Target {
  /** How the names of the keys begin that requests have themselves. */
  private static final List<String> OF_REQUESTS =
      List.of("dynamodb:", "aws:requesttag/", "aws:tagkeys");

  private final TableArn table;
  private final Supplier<String> arn;
  private final Optional<String> stream;
  private final Optional<String> index;
  private final AskedKeys asked;
  private final Supplier<Optional<TableRecord>> record;
  private Optional<Map<String, List<String>>> known = Optional.empty();

  /**
   * Makes the target.
   *
   * @param arn returns the ARN of the table, index or stream
   * @param stream the stream's label; absent for tables and indexes
   * @param record returns the table's record; empty when there is no such table
   */
  Target(
      TableArn table,
      Supplier<String> arn,
      Optional<String> stream,
      Supplier<Optional<TableRecord>> record) {
    this(table, arn, stream, Optional.empty(), AskedKeys.NONE, record);
  }

  /** Makes the target of an access to items. */
  Target(
      TableArn table,
      Supplier<String> arn,
      Optional<String> stream,
      Access access,
      Supplier<Optional<TableRecord>> record) {
    this(table, arn, stream, access.index(), access.asked(), record);
  }

  private Target(
      TableArn table,
      Supplier<String> arn,
      Optional<String> stream,
      Optional<String> index,
      AskedKeys asked,
      Supplier<Optional<TableRecord>> record) {
    this.table = table;
    this.arn = arn;
    this.stream = stream;
    this.index = index;
    this.asked = asked;
    this.record = record;
  }

  /** Returns the table, or that of the index or stream. */
  public TableArn table() {
    return table;
  }

  /** Returns the ARN by which policies name it. */
  public String arn() {
    return arn.get();
  }

  /** Returns its resource-based policy; that of an index is its table's. */
  public Optional<ResourcePolicy> policy() {
    return record.get().flatMap(found -> found.policies().of(stream));
  }

  /**
   * Returns the condition keys that the access itself has, which are found out when a policy asks
   * for one of them.
   */
  public RequestContext conditions() {
    return key -> {
      String name = key.toLowerCase(Locale.ROOT);
      return OF_REQUESTS.stream().anyMatch(name::startsWith)
          ? Optional.ofNullable(asked().get(name))
          : Optional.empty();
    };
  }

  private Map<String, List<String>> asked() {
    if (known.isEmpty()) {
      known = Optional.of(asked.of(record.get().flatMap(this::key)));
    }
    return known.get();
  }

  /** Returns the key of the table or index. */
  private Optional<IndexKey> key(TableRecord found) {
    return index.isEmpty()
        ? Optional.of(IndexKey.of(found.description().key()))
        : index.flatMap(found.description()::index).map(Index::key);
  }

  /** Returns the table's tags. */
  public Tags tags() {
    return record.get().map(TableRecord::tags).orElse(Tags.NONE);
  }
}
