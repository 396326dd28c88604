package org.ostraka.engine.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.storage.Guard;

/**
 * One request's use of several tables. Each is used once, even if the request refers to it several
 * times or by different names. Only the thread that began it.
 *
 * <p>The uses begin in the order of the tables' ARNs. A table that waits for its users before it is
 * removed admits no new ones: requests that took tables in any order could wait for each other.
 */
public final class TableUses implements AutoCloseable {
  private final Map<String, TableArn> named;
  private final Map<TableArn, TableUse> uses = new LinkedHashMap<>();

  private TableUses(Map<String, TableArn> named) {
    this.named = named;
  }

  /**
   * Begins to use those tables that serve.
   *
   * @param open begins the use of a table; returns empty when the table does not serve
   */
  static TableUses begin(Map<String, TableArn> named, Function<TableArn, Optional<TableUse>> open) {
    Map<String, TableArn> ordered = new TreeMap<>();
    named.values().forEach(arn -> ordered.put(arn.toString(), arn));
    TableUses uses = new TableUses(Map.copyOf(named));
    try {
      ordered.values().forEach(arn -> open.apply(arn).ifPresent(use -> uses.uses.put(arn, use)));
    } catch (RuntimeException | Error failure) {
      uses.close();
      throw failure;
    }
    return uses;
  }

  /**
   * Returns the use of the table that has this reference in the request.
   *
   * @throws ResourceNotFoundException when the table does not exist or does not serve
   */
  public TableUse of(String reference) {
    return find(reference).orElseThrow(Catalogue::notServing);
  }

  /** Returns the use of the table that has this reference; empty when the table does not serve. */
  public Optional<TableUse> find(String reference) {
    return Optional.ofNullable(uses.get(arn(reference)));
  }

  /** Returns the table that has this reference in the request. */
  public TableArn arn(String reference) {
    TableArn arn = named.get(reference);
    if (arn == null) {
      throw new IllegalArgumentException("the request does not refer to this table");
    }
    return arn;
  }

  /** Returns the guards of every decision that depends on all of the tables. */
  public List<Guard> guards() {
    return uses.values().stream().flatMap(use -> use.guards().stream()).distinct().toList();
  }

  @Override
  public void close() {
    uses.values().forEach(TableUse::close);
    uses.clear();
  }
}
