/** Limits on the memory that requests hold and on the computing that they do on shared threads. */
@NullMarked
package org.ostraka.engine.load;

import org.jspecify.annotations.NullMarked;
