package org.ostraka.delivery;

import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.model.TableArn;

/**
 * A reader that shall get the changes of a table. Immutable.
 *
 * @param table the tables of this name, whether or not there is one now
 * @param name tells the reader from the table's other readers
 * @param streamsOnly whether it reads only what a stream shows
 * @param start where it begins if it was never there before
 */
public record WantedReader(
    TableArn table,
    String name,
    boolean streamsOnly,
    LogReader.Start start,
    ShardConsumer consumer) {}
