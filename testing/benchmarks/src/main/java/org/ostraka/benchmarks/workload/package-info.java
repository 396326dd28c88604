/** The workloads that servers are measured with, and their tables. */
@NullMarked
package org.ostraka.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
