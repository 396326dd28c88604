/** Items and keys as bytes, as tables and the catalogue's own rows store them. */
@NullMarked
package org.ostraka.engine.encoding;

import org.jspecify.annotations.NullMarked;
