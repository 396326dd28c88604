package org.ostraka.storage.rocksdb;

import java.util.concurrent.ThreadFactory;

/** What the opening of a damaged directory's files needs. Immutable. */
record SalvageOpening(DataDirectory directory, RocksSettings settings, ThreadFactory daemons) {}
