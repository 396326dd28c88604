package org.ostraka.engine.gate;

/**
 * One action on one table, of a request that asks for several. Immutable.
 *
 * @param reference the table's name or ARN, as the request has it
 */
public record Access(Action action, String reference) {}
