package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/** The class of a table for which one was ever chosen, and when it last changed. Immutable. */
public record TableClassSummary(TableClass tableClass, Optional<Instant> lastUpdate) {}
