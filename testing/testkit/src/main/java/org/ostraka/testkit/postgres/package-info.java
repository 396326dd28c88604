/** A real PostgreSQL server for tests. */
@NullMarked
package org.ostraka.testkit.postgres;

import org.jspecify.annotations.NullMarked;
