package org.ostraka.voting.http;

import org.ostraka.voting.wire.VotingJson;

/**
 * An HTTP answer. Immutable.
 *
 * @param body JSON
 */
record Answer(int status, String body) {
  static final int OK = 200;
  static final int CREATED = 201;
  static final int ACCEPTED = 202;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int CONFLICT = 409;
  static final int TOO_LARGE = 413;
  static final int UNFIT = 422;
  static final int FAILED = 500;
  static final int UNAVAILABLE = 503;

  static Answer error(int status, String message) {
    return new Answer(status, VotingJson.text("message", message));
  }
}
