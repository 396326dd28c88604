/** The engine beside a table so plain that it can be read: whatever is done, both say the same. */
@NullMarked
package org.ostraka.engine.reference;

import org.jspecify.annotations.NullMarked;
