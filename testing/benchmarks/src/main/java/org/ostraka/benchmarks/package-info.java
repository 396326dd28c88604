/**
 * Load runs and benchmarks against a real server process, run by hand. Nothing here knows a class
 * of Ostraka.
 */
@NullMarked
package org.ostraka.benchmarks;

import org.jspecify.annotations.NullMarked;
