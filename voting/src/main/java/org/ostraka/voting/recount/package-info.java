/** The audit: ballots, audit logs, published roots, tallies and receipts say the same. */
@NullMarked
package org.ostraka.voting.recount;

import org.jspecify.annotations.NullMarked;
