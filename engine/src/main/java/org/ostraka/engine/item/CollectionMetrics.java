package org.ostraka.engine.item;

import org.ostraka.engine.table.OpenTable;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.error.ValidationException;

/** The sizes of item collections, which only tables with local indexes have. Stateless. */
public final class CollectionMetrics {
  private CollectionMetrics() {}

  /** Refuses to tell what is not measured yet; other tables have nothing to tell. */
  public static void refuse(OpenTable.Use table, ReturnItemCollectionMetrics wish) {
    boolean applies = table.indexes().stream().anyMatch(open -> open.index() instanceof LocalIndex);
    if (wish == ReturnItemCollectionMetrics.SIZE && applies) {
      throw new ValidationException(
          "ReturnItemCollectionMetrics of tables with local secondary indexes is not supported by"
              + " this version of Ostraka");
    }
  }
}
