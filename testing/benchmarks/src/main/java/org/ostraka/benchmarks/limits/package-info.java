/**
 * The limits that the server is compared with: its HTTP library answering a constant, RocksDB
 * writing rows, plain SQL, the disk syncing.
 */
@NullMarked
package org.ostraka.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
