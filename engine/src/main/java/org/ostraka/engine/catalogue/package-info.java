/** The catalogue: which tables and indexes there are, as stored and as requests use them. */
@NullMarked
package org.ostraka.engine.catalogue;

import org.jspecify.annotations.NullMarked;
