package org.ostraka.delivery.sink;

/**
 * A change as a broker gets it. Immutable.
 *
 * @param id tells the change from all others
 * @param key the item's key as JSON; equal keys are equal bytes
 * @param value the change as JSON
 */
record Message(String id, byte[] key, byte[] value) {}
