package org.ostraka.engine.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.model.IndexKey;

/**
 * Tells the condition keys of one access, such as {@code dynamodb:LeadingKeys} or {@code
 * aws:TagKeys}. It is called only when a policy asks for one of them.
 */
@FunctionalInterface
public interface AskedKeys {
  /** An access without keys of its own. */
  AskedKeys NONE = _ -> Map.of();

  /**
   * Returns the keys, in lower case, with their values.
   *
   * @param key the key of the table or index; empty when it does not exist
   */
  Map<String, List<String>> of(Optional<IndexKey> key);
}
