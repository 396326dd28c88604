package org.ostraka.engine.throttle;

import java.util.Optional;
import org.ostraka.engine.insight.KeySketch;
import org.ostraka.model.Bytes;

/**
 * How many parts of requests a limit left no capacity for, and which partition key most of them
 * had. Immutable.
 *
 * @param hottest absent when the parts had no partition
 */
public record Throttled(long count, Optional<KeySketch.Count<Bytes>> hottest) {}
