/** Throttling as the service does it: partitions, their limits, and those of tables and indexes. */
@NullMarked
package org.ostraka.engine.throttle;

import org.jspecify.annotations.NullMarked;
