/** Measures the engine's time for the expressions of one request, without HTTP, JSON or disk. */
@NullMarked
package org.ostraka.benchmarks.expression;

import org.jspecify.annotations.NullMarked;
