package org.ostraka.server.wire;

import org.ostraka.engine.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.error.SerializationException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** An operation of the API, from the request's bytes to the response's. Any thread. */
public final class Operation {
  private final Bound<?, ?> bound;

  private Operation(Bound<?, ?> bound) {
    this.bound = bound;
  }

  static <Q, R> Operation of(OperationCodec<Q, R> codec, OperationHandler<Q, R> handler) {
    return inTurns(codec, handler, Turns.unbounded());
  }

  static <Q, R> Operation inTurns(
      OperationCodec<Q, R> codec, OperationHandler<Q, R> handler, Turns<Q> turns) {
    return new Operation(new Bound<>(codec, handler, turns));
  }

  /**
   * Carries the operation out.
   *
   * @throws org.ostraka.model.error.ApiException when it is refused
   * @throws org.ostraka.storage.StorageException when the storage failed
   * @throws OverloadedException when there is no room for the answer; nothing was done
   */
  public Answer call(Caller caller, RequestHead head, byte[] body) {
    return bound.call(caller, head, body);
  }

  /**
   * The answer of an operation.
   *
   * @param onlyRead whether it only read items, so that the request may be repeated
   */
  public record Answer(byte[] body, boolean onlyRead) {}

  private record Bound<Q, R>(
      OperationCodec<Q, R> codec, OperationHandler<Q, R> handler, Turns<Q> turns) {
    Answer call(Caller caller, RequestHead head, byte[] body) {
      Q request = request(head, body);
      return turns.take(request, head, () -> answer(caller, request));
    }

    private Answer answer(Caller caller, Q request) {
      R response = handler.handle(caller, request);
      byte[] answer = Json.object(json -> codec.response(response, json));
      return new Answer(answer, codec.onlyRead(response));
    }

    private Q request(RequestHead head, byte[] body) {
      Findings findings = new Findings();
      Members members = members(body, findings);
      ConstraintCheck constraints = new ConstraintCheck(findings);
      codec
          .olderShape(members, findings.areDeep())
          .ifPresent(older -> constraints.structure(older, members));
      findings.throwConstraints();
      codec.checkFirst(members);
      for (String name : codec.checkedAlone()) {
        constraints.member(codec.shape(), name, members);
        findings.throwConstraints();
      }
      codec.checkedFirst().forEach(name -> constraints.member(codec.shape(), name, members));
      findings.throwConstraints();
      constraints.structure(codec.shape(), members);
      findings.throwConstraints();
      findings.throwUnsupported();
      codec.checkBeforeValues(members);
      findings.throwValue(codec.valuePrefix());
      return codec.request(members, head);
    }

    private Members members(byte[] body, Findings findings) {
      try (JsonParser parser = Json.parser(body)) {
        try {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new SerializationException("");
          }
          Members members =
              new MemberReader(parser, findings, codec.valueWording()).structure(codec.shape());
          Json.requireEnd(parser);
          return members;
        } catch (SerializationException wrongType) {
          // A body that is not JSON is refused first, wherever the error is.
          Json.skim(parser);
          throw wrongType;
        }
      } catch (JacksonException _) {
        throw new SerializationException("");
      }
    }
  }
}
