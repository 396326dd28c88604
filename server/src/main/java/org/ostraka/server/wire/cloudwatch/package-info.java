/** CloudWatch's API in the three protocols of its clients: query and XML, JSON, CBOR. */
@NullMarked
package org.ostraka.server.wire.cloudwatch;

import org.jspecify.annotations.NullMarked;
