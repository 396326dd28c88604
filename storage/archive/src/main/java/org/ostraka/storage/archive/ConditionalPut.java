package org.ostraka.storage.archive;

/** What became of an object that was to be stored if there was none of its name. */
public enum ConditionalPut {
  /** It is stored. Of several callers at the same time, on any server, one gets this answer. */
  STORED,

  /** There is an object of this name, and it stays. */
  EXISTS,

  /**
   * It is stored, by an archive that cannot tell whether another caller has stored one at the same
   * time: the last one of them counts.
   */
  STORED_UNCHECKED
}
