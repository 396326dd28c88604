/** Kinesis data streams to which tables' changes are sent: the operations and their rules. */
@NullMarked
package org.ostraka.engine.kinesis;

import org.jspecify.annotations.NullMarked;
