/** Signed receipts of votes. */
@NullMarked
package org.ostraka.voting.receipt;

import org.jspecify.annotations.NullMarked;
