/**
 * The API's JSON: requests read and checked as the service does, responses written. The only place
 * that knows JSON.
 */
@NullMarked
package org.ostraka.server.wire;

import org.jspecify.annotations.NullMarked;
