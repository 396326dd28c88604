package org.ostraka.storage.rocksdb;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that a volume uses. Immutable.
 *
 * @param scans platform threads for scans; they outlive the volume
 * @param daemons makes platform threads that do not keep the process
 */
public record VolumeThreads(ExecutorService scans, ThreadFactory daemons) {}
