package org.ostraka.server.query;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.ostraka.server.audit.AuditEvent;

/**
 * An operation of the query protocol, from the parameters of a request to the elements of its
 * answer. Any thread.
 *
 * @param name the action that requests name
 * @param parameters what requests may have, in the order in which they are checked
 * @param signed whether requests must have a signature
 * @param work carries the operation out; absent results have no element
 */
record QueryOperation(
    String name,
    List<Parameter> parameters,
    boolean signed,
    BiFunction<Call, Parameters, Answer> work) {
  private static final Set<String> PROTOCOL = Set.of("Action", "Version");

  QueryOperation {
    parameters = List.copyOf(parameters);
  }

  /** What is written into the element of an answer's result. */
  @FunctionalInterface
  interface Answer {
    /** An answer that says only that the operation was done. */
    Answer NOTHING = _ -> {};

    /** Writes the elements of the result. */
    void write(XmlWriter xml);

    /** Returns who the sender is, if the operation found it out. */
    default Optional<AuditEvent.Sender> sender() {
      return Optional.empty();
    }

    /** Makes an answer of a result and of what writes it. */
    static <R> Answer of(R result, BiConsumer<R, XmlWriter> writer) {
      return xml -> writer.accept(result, xml);
    }
  }

  /** Checks the parameters and carries the operation out. */
  Answer call(Call call, Form form) {
    return work.apply(call, ParameterReader.read(form, parameters, PROTOCOL));
  }
}
