/** The encryption that tables are asked to have: keys, and rules for changing them. */
@NullMarked
package org.ostraka.engine.encryption;

import org.jspecify.annotations.NullMarked;
