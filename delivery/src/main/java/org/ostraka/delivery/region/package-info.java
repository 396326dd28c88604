/** Sends the changes of a region to the replicas of its tables in other regions. */
@NullMarked
package org.ostraka.delivery.region;

import org.jspecify.annotations.NullMarked;
