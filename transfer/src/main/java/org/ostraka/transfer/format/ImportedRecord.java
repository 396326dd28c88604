package org.ostraka.transfer.format;

import java.util.List;
import org.ostraka.model.Item;
import org.ostraka.model.operation.WriteCondition;

/** What a file has in one place. */
public sealed interface ImportedRecord {
  /**
   * An item.
   *
   * @param condition what must hold to put it; none for an import
   */
  record Good(Item item, WriteCondition condition) implements ImportedRecord {}

  /** An item that breaks a rule; those after it can be read. */
  record Bad(List<String> problems) implements ImportedRecord {
    public Bad {
      problems = List.copyOf(problems);
    }
  }

  /** Something that is no item at all; nothing after it can be read. */
  record Unreadable(String problem) implements ImportedRecord {}
}
