/** The servers that share a store: which of them live, and which of them does a duty. */
@NullMarked
package org.ostraka.engine.lease;

import org.jspecify.annotations.NullMarked;
