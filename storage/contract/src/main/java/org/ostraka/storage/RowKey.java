package org.ostraka.storage;

import org.ostraka.model.Bytes;

/**
 * Where a row lies: its space, its partition, and its place within the partition. Immutable.
 *
 * <p>Rows of one partition are ordered by their sort bytes, unsigned. The order of partitions is
 * the store's: {@link Store#scanOrder}.
 *
 * @param partition up to {@link StoreLimits#partitionBytes} bytes, possibly none
 * @param sort up to {@link StoreLimits#sortBytes} bytes, possibly none
 */
public record RowKey(Space space, Bytes partition, Bytes sort) {}
