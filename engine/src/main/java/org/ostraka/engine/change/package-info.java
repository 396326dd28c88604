/** Records of the changes of items, as a table's log of changes has them. */
@NullMarked
package org.ostraka.engine.change;

import org.jspecify.annotations.NullMarked;
