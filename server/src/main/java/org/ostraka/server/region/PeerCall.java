package org.ostraka.server.region;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a region, or the answer to one, as bytes. A request has several calls, and its answer
 * has theirs in the same order. Immutable.
 *
 * <pre>
 * request, answer   version(1) count(4) count times: kind(1) length(4) bytes
 * </pre>
 *
 * @param kind what is called, or how it went
 */
record PeerCall(byte kind, byte[] content) {
  /** The media type of requests and answers. */
  static final String MEDIA_TYPE = "application/x-ostraka-regions";

  static final byte FIND = 1;
  static final byte TELL = 2;
  static final byte APPLY = 3;
  static final byte REPORT = 4;

  /** Servers that do not know it answer that the call is unknown. */
  static final byte ASSOCIATE = 5;

  static final byte ABSENT = 0;
  static final byte PRESENT = 1;
  static final byte FAILED = 2;

  /** The call came to a server of other regions. Older servers read it as a failure. */
  static final byte WRONG_REGION = 3;

  /**
   * The call comes from a region that another deployment is known to serve. Older servers read it
   * as a failure.
   */
  static final byte WRONG_DEPLOYMENT = 4;

  /** Calls in one request, at most. */
  static final int MAX_CALLS = 1_000;

  static final byte[] NOTHING = {};

  /** Returns whether an answer is one that only a server of the called region gives. */
  boolean isOfRegion() {
    return kind == PRESENT || kind == ABSENT;
  }

  /** Returns calls as the body of a request or an answer in a version of the protocol. */
  static byte[] encoded(int version, List<PeerCall> calls) {
    int sizeBytes = Byte.BYTES + Integer.BYTES;
    for (PeerCall call : calls) {
      sizeBytes += Byte.BYTES + Integer.BYTES + call.content().length;
    }
    ByteBuffer out = ByteBuffer.allocate(sizeBytes).put((byte) version).putInt(calls.size());
    for (PeerCall call : calls) {
      out.put(call.kind()).putInt(call.content().length).put(call.content());
    }
    return out.array();
  }

  /**
   * Returns the version in which a body is written.
   *
   * @throws IOException when it is none of those that are spoken
   */
  static int version(byte[] body, Versions spoken) throws IOException {
    if (body.length == 0) {
      throw new IOException("a body begins with its version");
    }
    if (!spoken.contains(body[0])) {
      throw new IOException(
          "version " + body[0] + " of the protocol between regions is not spoken here");
    }
    return body[0];
  }

  /**
   * Reads the calls of a body, which are written alike in all versions.
   *
   * @throws IOException when there are none
   */
  static List<PeerCall> read(byte[] body) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
    in.skipNBytes(Byte.BYTES);
    int count = in.readInt();
    if (count < 0 || count > MAX_CALLS) {
      throw new IOException("a request has " + MAX_CALLS + " calls at most");
    }
    List<PeerCall> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte kind = in.readByte();
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new IOException("a call is longer than its request");
      }
      byte[] content = new byte[length];
      in.readFully(content);
      calls.add(new PeerCall(kind, content));
    }
    return calls;
  }
}
