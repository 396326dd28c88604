/** Elections, and where the rows of an election are. */
@NullMarked
package org.ostraka.voting.election;

import org.jspecify.annotations.NullMarked;
