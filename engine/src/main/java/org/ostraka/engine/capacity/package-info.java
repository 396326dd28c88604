/** The capacity that operations consume of a table. */
@NullMarked
package org.ostraka.engine.capacity;

import org.jspecify.annotations.NullMarked;
