package org.ostraka.engine.catalogue;

import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * The build of an index, which fills it with the items that its table already has. Writes decided
 * after the index was added update it themselves, since they guard the table's record. One thread.
 */
public sealed interface Build permits IndexBuild, ExpiryBuild {
  TableArn arn();

  default TableName tableName() {
    return arn().table();
  }

  /** Returns the index in words, for messages. */
  String what();

  /** Returns the space of the index's rows, which is never used for another index. */
  Space space();

  /** Returns the approximate number of the table's items. */
  long tableItems();

  /** Returns the position of the build, as far as this server knows. */
  IndexBuildPosition position();

  /** Returns the key of the row that stores the position of the build. */
  RowKey row();

  /** Returns the stored position of the build, in a decision that declares its row. */
  IndexBuildPosition position(CurrentRows rows);

  /** Returns the write that stores the position of the build. */
  default Write write(IndexBuildPosition position) {
    return new Write.Put(row(), CatalogueRows.bytes(position));
  }

  /** Sets the position of the build after the store has stored it. */
  void advance(IndexBuildPosition position);

  /** Returns whether the index is still to be built. */
  boolean isWanted();

  /** Returns whether a record of the table says that the index is to be built. */
  boolean isWanted(TableRecord record);

  /** Returns the record of the table with the complete index. */
  TableRecord complete(TableRecord record);
}
