package org.ostraka.engine.backup;

import java.util.OptionalInt;
import java.util.UUID;
import org.ostraka.storage.Stamp;

/**
 * A segment of a chain, as the store knows it. Immutable.
 *
 * @param number its place in the chain
 * @param name the name of its object in the archive
 * @param base the number of the base to which its rows belong; absent for changes
 * @param records the number of its records
 * @param sizeBytes the size of the object before it is encrypted
 * @param first the lowest stamp of its changes
 * @param last the highest stamp of its changes
 */
record ArchivedSegment(
    UUID chain,
    long number,
    String name,
    OptionalInt base,
    long records,
    long sizeBytes,
    Stamp first,
    Stamp last) {
  boolean hasChanges() {
    return base.isEmpty();
  }
}
