package org.ostraka.model.operation;

import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;

/** Deletes a table with all its items. */
public final class DeleteTable {
  private DeleteTable() {}

  /** The request. Immutable. */
  public record Request(String tableName) {}

  /** The response. Immutable. */
  public record Response(TableDescription table, TableSize size) {}
}
