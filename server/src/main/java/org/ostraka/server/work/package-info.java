/** Heavy work, kept away from the threads that all requests share. */
@NullMarked
package org.ostraka.server.work;

import org.jspecify.annotations.NullMarked;
