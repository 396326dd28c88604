/** Items as bytes: what the items of tables and the catalogue's own rows have in common. */
@NullMarked
package org.ostraka.engine.encoding;

import org.jspecify.annotations.NullMarked;
