/** Counting: from the streams of the table to tallies and audit logs, each change once. */
@NullMarked
package org.ostraka.voting.count;

import org.jspecify.annotations.NullMarked;
