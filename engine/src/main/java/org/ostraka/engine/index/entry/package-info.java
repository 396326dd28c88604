/** Entries of secondary indexes: their rows, how a write changes them, which keys they accept. */
@NullMarked
package org.ostraka.engine.index.entry;

import org.jspecify.annotations.NullMarked;
