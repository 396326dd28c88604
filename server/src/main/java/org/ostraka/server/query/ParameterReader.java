package org.ostraka.server.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.identity.iam.IamError;
import org.ostraka.server.query.Parameter.Rule;

/**
 * Reads the parameters of a request and checks their constraints. One use, one thread.
 *
 * <p>All broken constraints are reported together, in the order of the operation's parameters. A
 * parameter that the operation does not have is refused: nothing is accepted and forgotten.
 */
final class ParameterReader {
  /** The most constraints that one answer lists. */
  private static final int MAX_LISTED = 10;

  private static final int MAX_SHOWN_CHARS = 512;
  private static final String FAILED = "' failed to satisfy constraint: ";
  private static final String NULL = FAILED + "Member must not be null";

  private final List<String> broken = new ArrayList<>();

  private ParameterReader() {}

  /**
   * Reads the parameters of a request.
   *
   * @param ignored the names of further parameters, which belong to the protocol
   * @throws org.ostraka.identity.iam.IamException when they are not legal
   */
  static Parameters read(Form form, List<Parameter> known, Set<String> ignored) {
    ParameterReader reader = new ParameterReader();
    Parameters read = reader.structure(form, known, "");
    reader.throwBroken();
    Set<String> names = known.stream().map(Parameter::name).collect(Collectors.toSet());
    form.children().keySet().stream()
        .filter(name -> !names.contains(name) && !ignored.contains(name))
        .filter(name -> !name.startsWith("X-Amz-"))
        .findFirst()
        .ifPresent(name -> {
          throw IamError.VALIDATION_ERROR.because(
              name + " is not supported by this version of Ostraka");
        });
    return read;
  }

  private Parameters structure(Form form, List<Parameter> known, String path) {
    Map<String, List<String>> texts = new HashMap<>();
    Map<String, List<Parameters>> structures = new HashMap<>();
    for (Parameter parameter : known) {
      String at = path + lowerFirst(parameter.name());
      Optional<Form> found = form.child(parameter.name());
      switch (parameter.kind()) {
        case TEXT, NUMBER, FLAG ->
            texts.put(
                parameter.name(),
                single(parameter, found.flatMap(Form::value), at).stream().toList());
        case TEXTS -> texts.put(parameter.name(), list(parameter, found, at));
        case STRUCTURES -> structures.put(parameter.name(), structures(parameter, found, at));
      }
    }
    return new Parameters(texts, structures);
  }

  private Optional<String> single(Parameter parameter, Optional<String> text, String at) {
    if (text.isEmpty()) {
      if (parameter.required()) {
        note("Value null at '" + at + NULL);
      }
      return Optional.empty();
    }
    check(parameter, text.get(), at);
    return text;
  }

  private List<String> list(Parameter parameter, Optional<Form> found, String at) {
    List<String> texts = new ArrayList<>();
    if (found.isEmpty() && parameter.required()) {
      note("Value null at '" + at + NULL);
    }
    found.ifPresent(form ->
        form.members()
            .forEach((place, element) -> {
              String text = element.value().orElse("");
              check(parameter, text, at + "." + place + ".member");
              texts.add(text);
            }));
    requireFew(parameter, texts.size(), at);
    return texts;
  }

  private List<Parameters> structures(Parameter parameter, Optional<Form> found, String at) {
    List<Parameters> structures = new ArrayList<>();
    found.ifPresent(form ->
        form.members()
            .forEach((place, element) ->
                structures.add(
                    structure(element, parameter.parts(), at + "." + place + ".member."))));
    requireFew(parameter, structures.size(), at);
    return structures;
  }

  private void requireFew(Parameter parameter, int size, String at) {
    if (size > parameter.maxElements()) {
      note(
          "Value at '"
              + at
              + FAILED
              + "Member must have length less than or equal to "
              + parameter.maxElements());
    }
  }

  private void check(Parameter parameter, String text, String at) {
    boolean readable =
        switch (parameter.kind()) {
          case NUMBER -> text.matches("-?[0-9]{1,9}");
          case FLAG -> text.equals("true") || text.equals("false");
          case TEXT, TEXTS, STRUCTURES -> true;
        };
    if (!readable) {
      throw IamError.VALIDATION_ERROR.because(
          "The value at '"
              + at
              + "' is not "
              + (parameter.kind() == Parameter.Kind.FLAG ? "true or false" : "a whole number"));
    }
    for (Rule rule : parameter.rules()) {
      rule.broken(text)
          .ifPresent(what -> note(shown(parameter, text) + " at '" + at + FAILED + what));
    }
  }

  /** Neither secrets nor long texts, such as policies, are shown. */
  private static String shown(Parameter parameter, String text) {
    return parameter.secret() || text.length() > MAX_SHOWN_CHARS ? "Value" : "Value '" + text + "'";
  }

  private void note(String problem) {
    if (broken.size() < MAX_LISTED) {
      broken.add(problem);
    }
  }

  private void throwBroken() {
    if (!broken.isEmpty()) {
      int count = broken.size();
      throw IamError.VALIDATION_ERROR.because(
          count
              + (count == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", broken));
    }
  }

  /** Messages write names with a small first letter: userName, maxItems. */
  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
