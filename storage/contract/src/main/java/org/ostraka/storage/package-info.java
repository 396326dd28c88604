/**
 * The storage contract: ordered rows in spaces, changed by serializable decisions over declared
 * keys.
 */
@NullMarked
package org.ostraka.storage;

import org.jspecify.annotations.NullMarked;
