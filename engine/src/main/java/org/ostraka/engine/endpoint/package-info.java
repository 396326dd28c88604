/** Where clients find the service. */
@NullMarked
package org.ostraka.engine.endpoint;

import org.jspecify.annotations.NullMarked;
