/**
 * The embedded store's volume: RocksDB in one data directory. The only place that knows RocksDB.
 */
@NullMarked
package org.ostraka.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
