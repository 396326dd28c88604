/**
 * The API's JSON: reads and checks requests as the service does, and writes responses. The only
 * package that uses JSON.
 */
@NullMarked
package org.ostraka.server.wire;

import org.jspecify.annotations.NullMarked;
