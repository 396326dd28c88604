/** The gate between a caller and a table: permission and capacity are judged here. */
@NullMarked
package org.ostraka.engine.gate;

import org.jspecify.annotations.NullMarked;
