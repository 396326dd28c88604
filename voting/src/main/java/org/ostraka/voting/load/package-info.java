/** The load: an open-loop generator of votes, and its ledger of what was acknowledged. */
@NullMarked
package org.ostraka.voting.load;

import org.jspecify.annotations.NullMarked;
