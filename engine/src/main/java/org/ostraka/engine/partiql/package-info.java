/** PartiQL statements, which are turned into the reads and writes of the other operations. */
@NullMarked
package org.ostraka.engine.partiql;

import org.jspecify.annotations.NullMarked;
