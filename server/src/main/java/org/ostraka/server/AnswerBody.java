package org.ostraka.server;

import java.io.IOException;
import java.io.OutputStream;
import org.ostraka.server.http.Body;
import org.ostraka.server.wire.JsonBody;

/** A body of JSON. One thread at a time. */
record AnswerBody(JsonBody json) implements Body.Pieces {
  static Body of(JsonBody json) {
    return json instanceof JsonBody.Whole whole && whole.pieces().size() == 1
        ? new Body.Bytes(whole.pieces().getFirst(), (int) whole.length())
        : new AnswerBody(json);
  }

  @Override
  public long length() {
    return json.length();
  }

  @Override
  public long crc32() {
    return json.crc32();
  }

  @Override
  public boolean areKept() {
    return json instanceof JsonBody.Whole;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    json.writeTo(out);
  }
}
