package org.ostraka.server.wire;

import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.engine.load.Room;
import org.ostraka.engine.load.TooMuchWorkException;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.engine.operation.OperationHandler;
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

  /** Makes an operation that does not concern items. */
  static <Q, R> Operation of(
      OperationCodec<Q, R> codec, OperationHandler<Q, R> handler, LoadControl load) {
    return new Operation(
        new Bound<>(codec, (caller, request, _) -> handler.handle(caller, request), load));
  }

  static <Q, R> Operation ofItems(
      OperationCodec<Q, R> codec, ItemOperationHandler<Q, R> handler, LoadControl load) {
    return new Operation(new Bound<>(codec, handler, load));
  }

  /**
   * Carries the operation out.
   *
   * @throws org.ostraka.model.error.ApiException when it is refused
   * @throws org.ostraka.storage.StorageException when the storage failed
   * @throws OverloadedException when the server has no room or no time for it; nothing was done
   */
  public JsonBody call(Caller caller, RequestHead head, byte[] body) {
    return bound.call(caller, head, body);
  }

  private record Bound<Q, R>(
      OperationCodec<Q, R> codec, ItemOperationHandler<Q, R> handler, LoadControl load) {
    JsonBody call(Caller caller, RequestHead head, byte[] body) {
      if (body.length <= JsonWeight.LONG_BYTES) {
        JsonWeight weight = JsonWeight.of(body);
        if (!weight.isHeavy()) {
          Room objects = room(weight);
          try {
            return answer(caller, head, body, head.onSharedThread(load));
          } catch (TooMuchWorkException _) {
            // Nothing was done yet: the request starts again on a heavy thread.
          } finally {
            objects.hold(0);
          }
        }
      }
      return load.heavy().call(() -> heavyAnswer(caller, head, body));
    }

    private JsonBody heavyAnswer(Caller caller, RequestHead head, byte[] body) {
      Room objects = room(JsonWeight.of(body));
      try {
        Allowance allowance = head.onOwnThread(load);
        JsonBody answer = answer(caller, head, body, allowance);
        allowance.done();
        return answer;
      } finally {
        objects.hold(0);
      }
    }

    /** Holds room for the objects of a request, which the caller gives back. */
    private Room room(JsonWeight weight) {
      Room objects = load.forObjects(weight.objectBytes());
      if (!objects.hold(weight.objectBytes())) {
        throw new OverloadedException("there is no room for the request");
      }
      return objects;
    }

    private JsonBody answer(Caller caller, RequestHead head, byte[] body, Allowance allowance) {
      Q request = request(head, body);
      R response = handler.handle(caller, request, allowance);
      if (codec.answersNothing()) {
        return JsonBody.of(new byte[0]);
      }
      JsonAnswer.Kind kind =
          codec.onlyRead(response) ? JsonAnswer.Kind.REPEATABLE : JsonAnswer.Kind.DONE;
      return load.told(json -> codec.response(response, json), allowance, kind);
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
