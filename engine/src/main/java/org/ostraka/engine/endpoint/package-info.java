/** The operation that returns the service's endpoint. */
@NullMarked
package org.ostraka.engine.endpoint;

import org.jspecify.annotations.NullMarked;
