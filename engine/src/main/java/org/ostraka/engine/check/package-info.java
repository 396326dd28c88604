/** The check of everything that must be true of stored data. */
@NullMarked
package org.ostraka.engine.check;

import org.jspecify.annotations.NullMarked;
