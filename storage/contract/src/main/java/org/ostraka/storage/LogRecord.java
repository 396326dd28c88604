package org.ostraka.storage;

import org.ostraka.model.Bytes;

/** One record of a log and where it stands. Immutable. */
public record LogRecord(Position position, Bytes value) {}
