/** The protocol between regions of different processes, over HTTP. */
@NullMarked
package org.ostraka.server.region;

import org.jspecify.annotations.NullMarked;
