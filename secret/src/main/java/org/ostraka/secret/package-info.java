/** Authenticated encryption, and the master key that wraps all other keys. */
@NullMarked
package org.ostraka.secret;

import org.jspecify.annotations.NullMarked;
