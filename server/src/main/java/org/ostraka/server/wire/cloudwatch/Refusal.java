package org.ostraka.server.wire.cloudwatch;

import org.ostraka.model.cloudwatch.CloudWatchException;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ExpiredTokenException;
import org.ostraka.model.error.IncompleteSignatureException;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.MissingAuthenticationTokenException;
import org.ostraka.model.error.UnrecognizedClientException;

/**
 * Why a request is refused. Immutable.
 *
 * @param code the name in the query protocol, which has its own for some errors
 * @param shape the name in the other protocols
 */
record Refusal(int status, String code, String shape, String text) {
  private static final int FORBIDDEN = 403;

  static Refusal of(CloudWatchException refusal) {
    return new Refusal(
        refusal.error().status(), refusal.error().code(), refusal.error().shape(), refusal.text());
  }

  static Refusal of(ApiException refusal) {
    String code =
        switch (refusal) {
          case AccessDeniedException _ -> "AccessDenied";
          case ExpiredTokenException _ -> "ExpiredToken";
          case IncompleteSignatureException _ -> "IncompleteSignature";
          case InvalidSignatureException _ -> "SignatureDoesNotMatch";
          case MissingAuthenticationTokenException _ -> "MissingAuthenticationToken";
          case UnrecognizedClientException _ -> "InvalidClientTokenId";
          default -> refusal.wireName();
        };
    return new Refusal(FORBIDDEN, code, refusal.wireName(), refusal.text());
  }

  /** Returns whose fault it is, as answers say it. */
  String fault() {
    return status < 500 ? "Sender" : "Receiver";
  }
}
