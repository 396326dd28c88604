/** A test of streams with the DynamoDB Streams Kinesis adapter. */
@NullMarked
package org.ostraka.adapter;

import org.jspecify.annotations.NullMarked;
