package org.ostraka.server.wire.cloudwatch;

import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;

/** A value of a request or an answer, whatever the protocol. Immutable. */
sealed interface Document {
  /** Values of a request, at most: five hundred queries with their dimensions have 12,000. */
  int MAX_VALUES = 20_000;

  /** A text; forms have texts only. */
  record Text(String value) implements Document {}

  /** A number. */
  record Numeric(double value) implements Document {}

  /** True or false. */
  record Flag(boolean value) implements Document {}

  /** A time. */
  record Time(Instant value) implements Document {}

  /** A list. */
  record Several(List<? extends Document> elements) implements Document {}

  /** Members by their names, in order. */
  record Structure(SequencedMap<String, Document> members) implements Document {}

  /** Values by keys that requests choose. */
  record Entries(SequencedMap<String, Document> entries) implements Document {}
}
