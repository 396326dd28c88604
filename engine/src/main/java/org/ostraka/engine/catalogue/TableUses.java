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
 * One request's use of several tables, each of them used once, however often and by whatever names
 * the request refers to it. The thread that began it.
 *
 * <p>The tables are taken in the order of their ARNs. A table that waits for its users before it
 * goes lets nobody begin to use it meanwhile: requests that took them in any order could wait for
 * each other.
 */
public final class TableUses implements AutoCloseable {
  private final Map<String, TableArn> named;
  private final Map<TableArn, TableUse> uses = new LinkedHashMap<>();

  private TableUses(Map<String, TableArn> named) {
    this.named = named;
  }

  /**
   * Begins to use those of the tables that serve.
   *
   * @param open begins the use of a table, if it serves
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
   * The use of the table to which the request refers so.
   *
   * @throws ResourceNotFoundException when there is no such table, or it does not serve
   */
  public TableUse of(String reference) {
    return find(reference).orElseThrow(Catalogue::notServing);
  }

  /** The use of the table to which the request refers so, if it serves. */
  public Optional<TableUse> find(String reference) {
    return Optional.ofNullable(uses.get(arn(reference)));
  }

  /** The table to which the request refers so. */
  public TableArn arn(String reference) {
    TableArn arn = named.get(reference);
    if (arn == null) {
      throw new IllegalArgumentException("the request does not refer to this table");
    }
    return arn;
  }

  /** Returns the guards of every decision that rests on all of the tables. */
  public List<Guard> guards() {
    return uses.values().stream().flatMap(use -> use.guards().stream()).distinct().toList();
  }

  @Override
  public void close() {
    uses.values().forEach(TableUse::close);
    uses.clear();
  }
}
