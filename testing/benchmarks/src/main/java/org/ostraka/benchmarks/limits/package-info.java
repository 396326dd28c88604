/**
 * What the server stands on, with nothing on top: its HTTP library answering a constant, its
 * RocksDB taking rows, the disk syncing. The limits that the server is measured against.
 */
@NullMarked
package org.ostraka.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
