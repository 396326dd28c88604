/** The verifier of everything that must hold of stored data. */
@NullMarked
package org.ostraka.engine.check;

import org.jspecify.annotations.NullMarked;
