/** Transactions over several items, and what makes a repeated one known. */
@NullMarked
package org.ostraka.engine.transaction;

import org.jspecify.annotations.NullMarked;
