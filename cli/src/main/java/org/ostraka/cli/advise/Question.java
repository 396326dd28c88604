package org.ostraka.cli.advise;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the advisor wants to know of a workload, in the order in which it asks. */
public enum Question {
  KIND(
      "kind",
      "key-value",
      "What kind of work is it: key-value, document, relational, time-series, graph, search or"
          + " analytics?"),
  JOINS("joins", "no", "Does it join tables in ways that are not known beforehand?"),
  TRANSACTIONAL("transactional", "no", "Do writes change several items at once, all or none?"),
  REGIONS("regions", "1", "How many regions is it written to?"),
  WRITES("writes", "0", "How many writes a second?"),
  WRITE_SIZE("write-size", "1KB", "How large is a written item?"),
  READS("reads", "0", "How many reads a second, in all regions?"),
  READ_SIZE("read-size", "1KB", "How large is a read item?"),
  CONSISTENCY("consistency", "eventual", "Reads are eventual, strong or transactional?"),
  CACHED("cached", "no", "Must reads take less than a millisecond?"),
  HOURS("hours", "24", "How many hours of a day does this load last?"),
  DAYS("days", "30", "How many days of a month?"),
  STORAGE("storage", "", "How much data is there in a region? (empty: writes times retention)"),
  RETENTION("retention", "30", "How many days is a written item kept?"),
  INDEXES("indexes", "0", "How many global indexes does a write change?"),
  INDEX_SIZE("index-size", "1KB", "How large is an entry of an index?"),
  STREAM_READERS("stream-readers", "0", "How many readers has its stream, but for functions?"),
  RECOVERY("recovery", "no", "Is it to be restored to any point in time?"),
  BACKUPS("backups", "0GB", "How large are its backups together?"),
  EXPORTS("exports", "0GB", "How much is exported in a month?"),
  DAX_NODES("dax-nodes", "0", "How many nodes has its DAX cluster?");

  private final String word;
  private final String usual;
  private final String text;

  Question(String word, String usual, String text) {
    this.word = word;
    this.usual = usual;
    this.text = text;
  }

  /** Returns the question with this word; empty when there is none. */
  static Optional<Question> of(String word) {
    return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** Returns the words of all questions. */
  static List<String> words() {
    return Stream.of(values()).map(Question::word).toList();
  }

  /** Returns the name of the answer in descriptions and on the command line. */
  public String word() {
    return word;
  }

  /** Returns the answer that counts when none is given. */
  public String usual() {
    return usual;
  }

  /** Returns the question as a person is asked it. */
  public String text() {
    return text;
  }
}
