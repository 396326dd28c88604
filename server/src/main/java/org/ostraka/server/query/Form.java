package org.ostraka.server.query;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.identity.iam.IamError;

/**
 * The parameters of a request in the query protocol, as a tree: the name {@code Tags.member.1.Key}
 * is a path in it. One thread.
 */
public final class Form {
  /** The deepest path of a request that is known: a dimension of a metric in a list. */
  private static final int MAX_DEPTH = 10;

  /**
   * Parameters of a request, at most. The largest legal request has about two hundred; each takes
   * memory before anybody knows who sent it.
   */
  private static final int MAX_PARAMETERS = 1_000;

  /** Most nodes have no child or a single one, so they begin without a map and with a small one. */
  private @Nullable SequencedMap<String, Form> children;

  private Optional<String> value = Optional.empty();

  /**
   * Reads parameters that are encoded as a query or as a form.
   *
   * @throws org.ostraka.identity.iam.IamException when an escape is broken or a name occurs twice
   */
  static Form of(String... encoded) {
    return of(MAX_PARAMETERS, MAX_PARAMETERS * MAX_DEPTH, encoded);
  }

  /**
   * Reads parameters; see the other method of this name.
   *
   * @param maxParameters the number of parameters that there may be
   * @param maxNodes the number of nodes that the tree may have below its root
   */
  public static Form of(int maxParameters, int maxNodes, String... encoded) {
    Form root = new Form();
    int count = 0;
    int nodes = 0;
    for (String part : encoded) {
      int end = -1;
      while (end < part.length()) {
        int start = end + 1;
        int next = part.indexOf('&', start);
        end = next < 0 ? part.length() : next;
        String parameter = part.substring(start, end);
        if (!parameter.isEmpty()) {
          count++;
          if (count > maxParameters) {
            throw IamError.MALFORMED_QUERY_STRING.because(
                "The request has more than " + maxParameters + " parameters.");
          }
          int equals = parameter.indexOf('=');
          String name = equals < 0 ? parameter : parameter.substring(0, equals);
          String text = equals < 0 ? "" : parameter.substring(equals + 1);
          nodes += root.put(decoded(name), decoded(text));
          if (nodes > maxNodes) {
            throw IamError.MALFORMED_QUERY_STRING.because(
                "The names of the request's parameters have more than " + maxNodes + " parts.");
          }
        }
      }
    }
    return root;
  }

  /** Puts a parameter into the tree; returns how many nodes that took. */
  private int put(String name, String text) {
    Form node = this;
    int made = 0;
    for (String step : name.split("\\.", MAX_DEPTH)) {
      SequencedMap<String, Form> below = node.children;
      if (below == null) {
        below = new LinkedHashMap<>(1);
        node.children = below;
      }
      Form next = below.get(step);
      if (next == null) {
        next = new Form();
        below.put(step, next);
        made++;
      }
      node = next;
    }
    if (node.value.isPresent()) {
      throw IamError.MALFORMED_QUERY_STRING.because("The parameter " + name + " occurs twice.");
    }
    node.value = Optional.of(text);
    return made;
  }

  /** Returns the text of this node; empty when it has none. */
  public Optional<String> value() {
    return value;
  }

  /** Returns the node below this one; empty when there is none. */
  public Optional<Form> child(String name) {
    return Optional.ofNullable(children().get(name));
  }

  /** Returns the nodes below this one by their names. */
  public Map<String, Form> children() {
    SequencedMap<String, Form> present = children;
    return present == null ? Map.of() : present;
  }

  /** Returns the elements of a list by their places: {@code Tags.member.1}, {@code ...2}. */
  public Map<Integer, Form> members() {
    Map<Integer, Form> members = new TreeMap<>();
    child("member")
        .ifPresent(list -> list.children().forEach((place, form) -> members.put(at(place), form)));
    return members;
  }

  private static int at(String place) {
    try {
      return Integer.parseInt(place);
    } catch (NumberFormatException _) {
      throw IamError.MALFORMED_QUERY_STRING.because("A list has no place " + place + ".");
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw IamError.MALFORMED_QUERY_STRING.because("The query string contains a syntax error.");
    }
  }
}
