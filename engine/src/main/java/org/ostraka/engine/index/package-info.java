/** Secondary indexes: which rows they have of an item, and what may be the key of one. */
@NullMarked
package org.ostraka.engine.index;

import org.jspecify.annotations.NullMarked;
