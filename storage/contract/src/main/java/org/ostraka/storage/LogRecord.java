package org.ostraka.storage;

import org.ostraka.model.Bytes;

/**
 * One record of a log: where it is, and whose it is. Immutable.
 *
 * @param decision the decision of this store that appended it
 * @param stamp when this store took the decision, which is what {@link Store#floor} speaks of
 * @param version of the change: the decision's, or for a replicated change the one that it got
 *     where it was made first
 * @param isReplicated whether the change was first made elsewhere
 */
public record LogRecord(
    Position position,
    DecisionId decision,
    Stamp stamp,
    Version version,
    boolean isReplicated,
    Bytes value) {}
