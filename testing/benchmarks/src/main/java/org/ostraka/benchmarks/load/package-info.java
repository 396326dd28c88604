/**
 * The load generator: HTTP/1.1 over a few selectors, with requests that are built once and in which
 * only fields of fixed width change. Knows nothing of what a server is.
 */
@NullMarked
package org.ostraka.benchmarks.load;

import org.jspecify.annotations.NullMarked;
