/** The contract of the operations' handlers, their settings and the injected faults. */
@NullMarked
package org.ostraka.engine.operation;

import org.jspecify.annotations.NullMarked;
