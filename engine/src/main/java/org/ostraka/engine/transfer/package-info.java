/** Exports of tables to buckets, and imports from there, as they are asked for (decision 48). */
@NullMarked
package org.ostraka.engine.transfer;

import org.jspecify.annotations.NullMarked;
