/** Time to live: its operations, and the deletion of expired items. */
@NullMarked
package org.ostraka.engine.expiry;

import org.jspecify.annotations.NullMarked;
