/** Carries out exports and imports in the background (decision 48). */
@NullMarked
package org.ostraka.transfer;

import org.jspecify.annotations.NullMarked;
