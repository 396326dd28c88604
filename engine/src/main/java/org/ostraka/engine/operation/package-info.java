/** What every operation's handler is given: its contract, the settings and the injected faults. */
@NullMarked
package org.ostraka.engine.operation;

import org.jspecify.annotations.NullMarked;
