package org.ostraka.transfer.format;

import java.util.List;
import org.ostraka.model.Item;

/** What a file has in one place. */
public sealed interface ImportedRecord {
  /** An item. */
  record Good(Item item) implements ImportedRecord {}

  /** An item that breaks a rule; those after it can be read. */
  record Bad(List<String> problems) implements ImportedRecord {
    public Bad {
      problems = List.copyOf(problems);
    }
  }

  /** Something that is no item at all; nothing after it can be read. */
  record Unreadable(String problem) implements ImportedRecord {}
}
