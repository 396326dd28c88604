/** Limits on senders whose requests fail. */
@NullMarked
package org.ostraka.server.limit;

import org.jspecify.annotations.NullMarked;
