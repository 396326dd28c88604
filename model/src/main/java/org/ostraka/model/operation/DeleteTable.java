package org.ostraka.model.operation;

import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;

/** Takes a table away, with all its items. */
public final class DeleteTable {
  private DeleteTable() {}

  /** What the caller asks. Immutable. */
  public record Request(String tableName) {}

  /** What the caller is told. Immutable. */
  public record Response(TableDescription table, TableSize size) {}
}
