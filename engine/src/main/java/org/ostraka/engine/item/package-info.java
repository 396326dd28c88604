/** Items: how they are stored and found, and the operations on a single item. */
@NullMarked
package org.ostraka.engine.item;

import org.jspecify.annotations.NullMarked;
