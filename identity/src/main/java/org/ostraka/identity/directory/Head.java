package org.ostraka.identity.directory;

import java.time.Instant;

/**
 * What users, groups, roles and policies have in common. Immutable.
 *
 * @param path begins and ends with a slash
 * @param id the unique id, such as {@code AIDA...}
 */
public record Head(String name, String path, String id, Instant created) {
  /** Returns the same with another name and path. */
  Head renamed(String newName, String newPath) {
    return new Head(newName, newPath, id, created);
  }
}
