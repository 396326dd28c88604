/** The operations on tables, and the rules for what they may ask. */
@NullMarked
package org.ostraka.engine.table;

import org.jspecify.annotations.NullMarked;
