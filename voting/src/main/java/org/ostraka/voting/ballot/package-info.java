/** Casting: one ballot for each voter, durable in one region or two. */
@NullMarked
package org.ostraka.voting.ballot;

import org.jspecify.annotations.NullMarked;
