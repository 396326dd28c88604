package org.ostraka.storage;

import java.util.Optional;

/**
 * A row that a decision rests on and does not write: the decision counts only if the row has this
 * version when it is taken. Any number of decisions may share a guard at the same time. Immutable.
 *
 * @param version absent when there must be no such row
 */
public record Guard(RowKey key, Optional<Version> version) {}
