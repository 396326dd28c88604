package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A table's class, for a table on which it was ever chosen, and when it last changed. Immutable.
 */
public record TableClassSummary(TableClass tableClass, Optional<Instant> lastUpdate) {}
