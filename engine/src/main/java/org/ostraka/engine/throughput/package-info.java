/** The throughput that tables and indexes are given: limits, and rules for changing it. */
@NullMarked
package org.ostraka.engine.throughput;

import org.jspecify.annotations.NullMarked;
