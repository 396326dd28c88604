package org.ostraka.options;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the help text of a command, in lines of at most 80 characters. One thread. */
final class HelpText {
  private static final int WIDTH = 80;

  /** The column where descriptions begin; a longer name gets a line of its own. */
  private static final int COLUMN = 23;

  private final PrintWriter out;

  HelpText(PrintWriter out) {
    this.out = out;
  }

  /** Writes the help text, with a list of the program's other commands. */
  void print(Command command, List<Option<?>> options, List<Command> commands) {
    out.println("Usage: " + command.name() + usage(command) + " [options]");
    command.description().forEach(paragraph -> wrap(paragraph, WIDTH).forEach(out::println));
    command
        .parameters()
        .forEach(parameter -> entry("      " + parameter.name(), parameter.description()));
    options.forEach(option -> entry(names(option), option.description()));
    if (!commands.isEmpty()) {
      out.println("Commands:");
      commands.forEach(each -> entry("  " + each.word(), each.description().getFirst()));
    }
  }

  private static String usage(Command command) {
    return command.parameters().stream()
        .map(parameter -> parameter.isRequired() ? parameter.name() : "[" + parameter.name() + "]")
        .map(parameter -> " " + parameter)
        .collect(Collectors.joining());
  }

  private static String names(Option<?> option) {
    String letter = option.letter().map(each -> "  -" + each + ", ").orElse("      ");
    return letter + option.name() + (option.takesValue() ? "=" + option.valueName() : "");
  }

  private void entry(String name, String description) {
    String begin = name;
    if (name.length() > COLUMN - 2) {
      out.println(name);
      begin = "";
    }
    for (String line : wrap(description, WIDTH - COLUMN)) {
      out.println(begin + " ".repeat(COLUMN - begin.length()) + line);
      begin = "";
    }
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
