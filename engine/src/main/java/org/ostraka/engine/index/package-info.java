/** Definitions of keys and secondary indexes, their changes, and the filling of new indexes. */
@NullMarked
package org.ostraka.engine.index;

import org.jspecify.annotations.NullMarked;
