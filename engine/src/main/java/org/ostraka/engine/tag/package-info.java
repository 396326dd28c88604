/** The operations on tags of tables, and the rules for tags. */
@NullMarked
package org.ostraka.engine.tag;

import org.jspecify.annotations.NullMarked;
