/** Operations on several items that are independent of each other. */
@NullMarked
package org.ostraka.engine.batch;

import org.jspecify.annotations.NullMarked;
