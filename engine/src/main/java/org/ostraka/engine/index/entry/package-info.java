/**
 * Entries of secondary indexes: their rows, their changes by writes, and the rules for their keys.
 */
@NullMarked
package org.ostraka.engine.index.entry;

import org.jspecify.annotations.NullMarked;
