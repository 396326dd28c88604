/** Streams of tables: what their records show, where they are read from, and how long. */
@NullMarked
package org.ostraka.engine.stream;

import org.jspecify.annotations.NullMarked;
