/** Ports for servers that have to be on a known port, or are away. */
@NullMarked
package org.ostraka.testkit.port;

import org.jspecify.annotations.NullMarked;
