/** The audit log: chains and Merkle trees of what happened to ballots. */
@NullMarked
package org.ostraka.voting.audit;

import org.jspecify.annotations.NullMarked;
