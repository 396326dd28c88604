/** Entries of the index of expiry times: their rows, and their changes by writes. */
@NullMarked
package org.ostraka.engine.expiry.entry;

import org.jspecify.annotations.NullMarked;
