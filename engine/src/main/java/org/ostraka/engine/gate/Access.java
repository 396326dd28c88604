package org.ostraka.engine.gate;

/**
 * One action on one table that a request with several asks for. Immutable.
 *
 * @param reference the table's name or ARN, as the request has it
 */
public record Access(Action action, String reference) {}
