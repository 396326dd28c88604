/**
 * The storage contract: ordered rows in spaces, changed by serializable decisions over declared
 * keys, and logs of what was changed. It knows bytes only.
 */
@NullMarked
package org.ostraka.storage;

import org.jspecify.annotations.NullMarked;
