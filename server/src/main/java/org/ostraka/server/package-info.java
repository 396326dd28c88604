/** The process: its parts put together, started and stopped. */
@NullMarked
package org.ostraka.server;

import org.jspecify.annotations.NullMarked;
