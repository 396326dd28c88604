/** The command {@code voting}, and its composition root. */
@NullMarked
package org.ostraka.voting;

import org.jspecify.annotations.NullMarked;
