/** A store in a PostgreSQL database, which several servers may share (decision 44). */
@NullMarked
package org.ostraka.storage.postgresql;

import org.jspecify.annotations.NullMarked;
