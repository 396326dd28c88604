package org.ostraka.engine.catalogue;

import org.ostraka.storage.Space;

/**
 * The item collections of a table in use, which only a table with local indexes has. Immutable.
 *
 * @param space the space that stores their sizes
 * @param limitBytes the maximum size of one of them
 */
public record OpenCollections(Space space, long limitBytes) {}
