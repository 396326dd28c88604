package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.server.work.HeavyWorks;

/**
 * A service that exists in tests only, beside DynamoDB: {@code Echo} returns the text that it is
 * given, except {@code unknown}, which it does not find. It has two target prefixes. Stateless.
 */
public final class EchoService {
  private EchoService() {}

  /** Makes the service. */
  public static Service make() {
    OperationHandler<String, String> echo = (_, text) -> found(text);
    LoadControl load = LoadControl.forHeap(1L << 30, HeavyWorks.SHARED);
    return new Service.Builder(List.of("echo", "reverb"), "org.ostraka.echo", load)
        .targetPrefix("Echo_20260101")
        .add("Echo", new Codec(), echo)
        .targetPrefix("Reverb_20260101")
        .add("Echo", new Codec(), echo)
        .build();
  }

  private static String found(String text) {
    if (text.equals("unknown")) {
      throw new ResourceNotFoundException("there is no " + text);
    }
    return text;
  }

  /** The operation on the wire. Stateless. */
  private static final class Codec implements OperationCodec<String, String> {
    private static final Shape.Structure SHAPE =
        new Shape.Structure("EchoInput", Shape.Member.required("Text", new Shape.Text()));

    @Override
    public Shape.Structure shape() {
      return SHAPE;
    }

    @Override
    public String request(Members members, RequestHead head) {
      return members.text("Text");
    }

    @Override
    public void response(String response, JsonOutput json) {
      json.writeStringProperty("Text", response);
    }
  }
}
