/** The catalogue: all tables and indexes, as they are stored and as requests use them. */
@NullMarked
package org.ostraka.engine.catalogue;

import org.jspecify.annotations.NullMarked;
