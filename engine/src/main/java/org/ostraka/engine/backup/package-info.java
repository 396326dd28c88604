/** Backups, recovery to points in time, and the restoring of tables (decision 46). */
@NullMarked
package org.ostraka.engine.backup;

import org.jspecify.annotations.NullMarked;
