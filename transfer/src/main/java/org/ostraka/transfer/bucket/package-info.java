/** Buckets of objects, from which tables are imported and to which they are exported. */
@NullMarked
package org.ostraka.transfer.bucket;

import org.jspecify.annotations.NullMarked;
