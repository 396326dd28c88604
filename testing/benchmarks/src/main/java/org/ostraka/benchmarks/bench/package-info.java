/**
 * {@code bin/ostraka bench}: servers side by side under the same load, and the tables and pictures
 * of what came out.
 */
@NullMarked
package org.ostraka.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
