/** The throughput of tables and indexes: its limits and the rules for changing it. */
@NullMarked
package org.ostraka.engine.throughput;

import org.jspecify.annotations.NullMarked;
