/** What operations consume of a table's capacity. */
@NullMarked
package org.ostraka.engine.capacity;

import org.jspecify.annotations.NullMarked;
