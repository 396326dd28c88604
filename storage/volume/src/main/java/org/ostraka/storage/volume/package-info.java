/**
 * The store for one machine: locks, overlay and group commit over one ordered, durable volume of
 * byte keys.
 */
@NullMarked
package org.ostraka.storage.volume;

import org.jspecify.annotations.NullMarked;
