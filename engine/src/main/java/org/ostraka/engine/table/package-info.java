/** Tables: their catalogue, their life, and the operations on them. */
@NullMarked
package org.ostraka.engine.table;

import org.jspecify.annotations.NullMarked;
