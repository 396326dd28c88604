package org.ostraka.options;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * Something that can be asked for on a command line. Immutable.
 *
 * @param name as a user types it, from the program's name on: {@code ostraka serve}
 * @param description paragraphs, the first of which stands for the command in a list
 */
public record Command(
    String name,
    List<String> description,
    Optional<Parameter> parameter,
    List<Option<?>> options,
    Action action) {

  /** What a command does. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it, and returns the exit status. All options have legal values; what is wrong with
     * several of them together, or with the machine, is found here.
     *
     * @throws BadArgumentsException if that was asked for which cannot be
     */
    int run(Arguments given, PrintWriter out, PrintWriter err);
  }

  public Command {
    description = List.copyOf(description);
    options = List.copyOf(options);
  }

  /** Without a parameter. */
  public Command(String name, String description, List<Option<?>> options, Action action) {
    this(name, List.of(description), Optional.empty(), options, action);
  }

  /** The last word of the name. */
  String word() {
    return name.substring(name.lastIndexOf(' ') + 1);
  }
}
