/** The operations on tables, and the rules for their requests. */
@NullMarked
package org.ostraka.engine.table;

import org.jspecify.annotations.NullMarked;
