/** What is asked of a server of the API under load, and the tables that it needs for that. */
@NullMarked
package org.ostraka.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
