/** The process: composes its parts, starts and stops them. */
@NullMarked
package org.ostraka.server;

import org.jspecify.annotations.NullMarked;
