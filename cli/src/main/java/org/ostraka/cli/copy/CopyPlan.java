package org.ostraka.cli.copy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a copy is to do. Immutable.
 *
 * @param source what the source is called in messages and in the state file
 * @param target what the target is called there
 * @param table the source's table
 * @param targetTable the target's table
 * @param tail whether changes that are made during the copy are brought to the target
 * @param follow whether that goes on after the comparison
 * @param verifyOnly whether nothing is copied
 * @param repair whether items that differ are copied again, and deleted where the source has none
 * @param overwrite whether the target's table may have items at the beginning
 * @param withStream whether the target's table gets a stream as the source has it
 * @param segments how many parts of the table are copied at once
 * @param itemsPerSecond the most items that are written in a second
 * @param state the state file
 */
public record CopyPlan(
    String source,
    String target,
    String table,
    String targetTable,
    boolean tail,
    boolean follow,
    boolean verifyOnly,
    boolean repair,
    boolean overwrite,
    boolean withStream,
    int segments,
    Optional<Integer> itemsPerSecond,
    Path state) {

  /** Returns the text by which a state file knows its copy. */
  public static String name(String source, String table, String target, String targetTable) {
    return source + " " + table + " -> " + target + " " + targetTable;
  }

  String name() {
    return name(source, table, target, targetTable);
  }
}
