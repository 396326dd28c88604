/** Brings the changes of tables to Kinesis data streams, functions and brokers. */
@NullMarked
package org.ostraka.delivery;

import org.jspecify.annotations.NullMarked;
