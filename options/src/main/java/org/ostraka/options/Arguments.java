package org.ostraka.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** The options and the parameters that a user gave to a command. Immutable. */
public final class Arguments {
  private static final String HYPHENS = "--";

  private final Map<String, List<String>> texts;
  private final List<String> parameters;

  private Arguments(Map<String, List<String>> texts, List<String> parameters) {
    this.texts = texts;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * Splits arguments into options and parameters, without checking the values.
   *
   * @throws BadArgumentsException for an option that is not among these, lacks its value, has a
   *     value that it does not take, or is given twice
   */
  static Arguments of(List<Option<?>> options, List<String> arguments) {
    refuseOneHyphen(options, arguments);
    CommandLine line = parse(options, arguments);
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (org.apache.commons.cli.Option given : line.getOptions()) {
      String name = HYPHENS + given.getLongOpt();
      List<String> values = texts.get(name);
      if (values == null) {
        texts.put(name, new ArrayList<>(given.getValuesList()));
      } else if (named(options, name).filter(Option::isRepeatable).isPresent()) {
        values.addAll(given.getValuesList());
      } else {
        throw new BadArgumentsException(name + " is given twice");
      }
    }
    return new Arguments(texts, line.getArgList());
  }

  /** Returns the option's value, or its default. */
  public <T> T get(Option<T> option) {
    return option.read(Optional.ofNullable(texts.get(option.name())));
  }

  /** Returns the parameters, in order. */
  public List<String> parameters() {
    return parameters;
  }

  /** Returns the command's first parameter; empty when none was given. */
  public Optional<String> parameter() {
    return parameters.stream().findFirst();
  }

  /**
   * Refuses illegal values, a missing parameter and a parameter that is not expected. Every {@link
   * #get} succeeds afterwards.
   */
  void check(Command command) {
    command.options().forEach(this::get);
    command.parameters().stream()
        .filter(Parameter::isRequired)
        .skip(parameters.size())
        .findFirst()
        .ifPresent(parameter -> {
          throw new BadArgumentsException(parameter.name() + " is missing");
        });
    int expected = command.parameters().size();
    if (parameters.size() > expected) {
      throw new BadArgumentsException("unexpected argument '" + parameters.get(expected) + "'");
    }
  }

  private static CommandLine parse(List<Option<?>> options, List<String> arguments) {
    Options known = new Options();
    options.forEach(option -> known.addOption(declared(option)));
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .setStripLeadingAndTrailingQuotes(false)
          .get()
          .parse(known, arguments.toArray(String[]::new));
    } catch (UnrecognizedOptionException unknown) {
      throw new BadArgumentsException(unknown(options, unknown.getOption()));
    } catch (MissingArgumentException missing) {
      org.apache.commons.cli.Option option = missing.getOption();
      throw new BadArgumentsException(
          HYPHENS + option.getLongOpt() + " needs a value: " + option.getArgName());
    } catch (ParseException other) {
      throw new BadArgumentsException(String.valueOf(other.getMessage()));
    }
  }

  private static org.apache.commons.cli.Option declared(Option<?> option) {
    var declaration =
        org.apache.commons.cli.Option.builder()
            .longOpt(option.name().substring(HYPHENS.length()))
            .hasArg(option.takesValue())
            .argName(option.valueName());
    option.letter().ifPresent(letter -> declaration.option(String.valueOf(letter)));
    return declaration.get();
  }

  private static String unknown(List<Option<?>> options, String argument) {
    String name = argument.replaceFirst("=.*", "");
    return named(options, name).isPresent() ? name + " takes no value" : "unknown option: " + name;
  }

  /** Refuses -port, -port=8000 and -port8000, which Commons CLI accepts for --port. */
  private static void refuseOneHyphen(List<Option<?>> options, List<String> arguments) {
    arguments.stream()
        .takeWhile(argument -> !argument.equals(HYPHENS))
        .filter(argument -> options.stream().anyMatch(o -> ("-" + argument).startsWith(o.name())))
        .findFirst()
        .ifPresent(argument -> {
          throw new BadArgumentsException(unknown(options, argument));
        });
  }

  private static Optional<Option<?>> named(List<Option<?>> options, String name) {
    return options.stream().filter(option -> option.name().equals(name)).findFirst();
  }
}
