/** The simulator: what many cells of the voting system do at loads that fit no machine at hand. */
@NullMarked
package org.ostraka.voting.simulate;

import org.jspecify.annotations.NullMarked;
