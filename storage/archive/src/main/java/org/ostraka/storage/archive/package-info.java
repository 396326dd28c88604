/** Archives: objects with names, outside of the store. They know bytes only. */
@NullMarked
package org.ostraka.storage.archive;

import org.jspecify.annotations.NullMarked;
