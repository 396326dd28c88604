package org.ostraka.options;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A program with a command line. Immutable.
 *
 * @param name the program's name, which begins its error messages
 * @param version one line with the version
 * @param main the command that runs when the first argument names none of {@code commands}
 */
public record Program(
    String name, Optional<Supplier<String>> version, Command main, List<Command> commands) {

  /** The exit status for bad arguments. */
  public static final int BAD_ARGUMENTS = 2;

  public Program {
    commands = List.copyOf(commands);
  }

  /** Makes a program with one command and without a version. */
  public Program(String name, Command main) {
    this(name, Optional.empty(), main, List.of());
  }

  /** Runs the command that the arguments name and returns the exit status. */
  public int run(String[] arguments, PrintWriter out, PrintWriter err) {
    List<String> texts = List.of(arguments);
    try {
      for (Command command : commands) {
        List<String> words = List.of(command.word().split(" "));
        int count = words.size();
        if (texts.size() >= count && texts.subList(0, count).equals(words)) {
          return run(command, List.of(), texts.subList(count, texts.size()), out, err);
        }
      }
      return run(main, commands, texts, out, err);
    } catch (BadArgumentsException refused) {
      String line = String.valueOf(refused.getMessage()).lines().findFirst().orElse("bad options");
      err.println(name + ": " + line + " (see --help)");
      return BAD_ARGUMENTS;
    }
  }

  private int run(
      Command command, List<Command> listed, List<String> texts, PrintWriter out, PrintWriter err) {
    List<Option<?>> options = new ArrayList<>(command.options());
    options.add(Option.HELP);
    version.ifPresent(_ -> options.add(Option.VERSION));
    Arguments given = Arguments.of(options, texts);
    if (given.get(Option.HELP)) {
      new HelpText(out).print(command, options, listed);
      return 0;
    }
    if (given.get(Option.VERSION)) {
      version.ifPresent(text -> out.println(text.get()));
      return 0;
    }
    given.check(command);
    return command.action().run(given, out, err);
  }
}
