package org.ostraka.engine.catalogue;

import org.ostraka.storage.Space;

/**
 * The item collections of a table in use, which only a table with local indexes has. Immutable.
 *
 * @param space where their sizes lie
 * @param limitBytes how large one of them may be
 */
public record OpenCollections(Space space, long limitBytes) {}
