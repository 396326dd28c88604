/** Clocks that a test moves. */
@NullMarked
package org.ostraka.testkit.clock;

import org.jspecify.annotations.NullMarked;
