/** Transactions over several items, and how repeated ones are recognized. */
@NullMarked
package org.ostraka.engine.transaction;

import org.jspecify.annotations.NullMarked;
