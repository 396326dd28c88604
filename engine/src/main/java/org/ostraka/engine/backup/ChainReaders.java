package org.ostraka.engine.backup;

import java.util.Optional;
import java.util.UUID;
import org.ostraka.storage.Stamp;

/** Who reads what is archived of tables, beside the restoring of tables. Any thread. */
@FunctionalInterface
public interface ChainReaders {
  /** Nobody. */
  ChainReaders NONE = _ -> Optional.empty();

  /**
   * Returns the stamp up to which somebody needs the changes of a chain; empty when nobody reads
   * it, so that it may be removed.
   */
  Optional<Stamp> awaited(UUID chain);
}
