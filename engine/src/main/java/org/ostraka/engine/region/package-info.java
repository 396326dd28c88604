/** Global tables: the groups of their replicas, and the exchange of changes between regions. */
@NullMarked
package org.ostraka.engine.region;

import org.jspecify.annotations.NullMarked;
