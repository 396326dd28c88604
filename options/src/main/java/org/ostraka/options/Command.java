package org.ostraka.options;

import java.io.PrintWriter;
import java.util.List;

/**
 * A command of a program, such as {@code ostraka serve}. Immutable.
 *
 * @param name what a user types, with the program's name: {@code ostraka serve}
 * @param description paragraphs; a list of commands shows the first
 * @param parameters the arguments without an option's name, in order; when fewer are given, those
 *     that are not required are the ones left out
 */
public record Command(
    String name,
    List<String> description,
    List<Parameter> parameters,
    List<Option<?>> options,
    Action action) {

  /** What a command does. */
  @FunctionalInterface
  public interface Action {
    /**
     * Runs the command and returns the exit status. Every single option has a legal value; the
     * action checks options that depend on each other or on the machine.
     *
     * @throws BadArgumentsException if the options do not fit together
     */
    int run(Arguments given, PrintWriter out, PrintWriter err);
  }

  public Command {
    description = List.copyOf(description);
    parameters = List.copyOf(parameters);
    options = List.copyOf(options);
  }

  /** Makes a command without a parameter. */
  public Command(String name, String description, List<Option<?>> options, Action action) {
    this(name, List.of(description), List.of(), options, action);
  }

  /** Returns the words after the name of the program. */
  String word() {
    return name.substring(name.indexOf(' ') + 1);
  }
}
