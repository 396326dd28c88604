/**
 * {@code bin/ostraka bench}: runs the same load on servers side by side, and writes tables and
 * pictures of the results.
 */
@NullMarked
package org.ostraka.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
