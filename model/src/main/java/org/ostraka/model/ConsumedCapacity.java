package org.ostraka.model;

/**
 * What a request consumed of a table's capacity. Immutable.
 *
 * @param units capacity units, in halves
 * @param byIndex whether the caller asked for the shares of the table and of each index
 */
public record ConsumedCapacity(TableName table, double units, boolean byIndex) {}
