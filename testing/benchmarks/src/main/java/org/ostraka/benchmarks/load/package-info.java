/**
 * The load generator: HTTP/1.1 with a few selectors. Requests are built once; only fields of fixed
 * width change. It does not depend on how a server is started.
 */
@NullMarked
package org.ostraka.benchmarks.load;

import org.jspecify.annotations.NullMarked;
