/** Kinesis data streams that get the changes of tables; the only package that uses the AWS SDK. */
@NullMarked
package org.ostraka.delivery.kinesis;

import org.jspecify.annotations.NullMarked;
