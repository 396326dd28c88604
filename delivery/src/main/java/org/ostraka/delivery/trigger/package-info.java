/** Triggers: changes of a shard are sent to an HTTP endpoint, in batches, with retries. */
@NullMarked
package org.ostraka.delivery.trigger;

import org.jspecify.annotations.NullMarked;
