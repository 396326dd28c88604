/** Operations on several items that have nothing to do with each other. */
@NullMarked
package org.ostraka.engine.batch;

import org.jspecify.annotations.NullMarked;
