package org.ostraka.server.auth;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.identity.signature.AccessKeys;
import org.ostraka.model.Caller;
import org.ostraka.model.error.ApiException;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.limit.FailureLimits;

/**
 * Slows senders whose requests are refused. A connection on which a signature was right is never
 * slowed; on others the failures of an address count, and those of a known access key count apart,
 * so that nobody who tries keys can keep out the clients behind the same address. Any thread.
 *
 * @param verified verifies signatures
 * @param keys the access keys that there are
 */
record SlowedFailures(VerifiedSignature verified, AccessKeys keys, FailureLimits limits)
    implements Authentication {
  /** The id in {@code Credential=ID/...}, or in {@code X-Amz-Credential=ID%2F...}. */
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([A-Za-z0-9_-]{1,128})(?:/|%2F|%2f)");

  private static final Pattern TOKEN =
      Pattern.compile("X-Amz-Security-Token=((?:[^&%]|%[0-9A-Fa-f]{2})+)");

  @Override
  public Caller caller(HttpRequest request, List<String> services) {
    if (request.peer().isProven()) {
      return verified.caller(request, services);
    }
    InetAddress from = request.peer().address();
    Optional<String> known =
        accessKeyId(request).filter(id -> keys.find(id, token(request)).isPresent());
    boolean isFree =
        known.isPresent() ? limits.mayVerify(from, known.get()) : limits.mayTryUnknownKey(from);
    if (!isFree) {
      throw new OverloadedException("too many requests of this address were refused");
    }
    try {
      Caller caller = verified.caller(request, services);
      request.peer().prove();
      return caller;
    } catch (ApiException refused) {
      if (known.isPresent()) {
        limits.countWrongSignature(from, known.get());
      } else {
        limits.countUnknownKey(from);
      }
      throw refused;
    }
  }

  private static Optional<String> token(HttpRequest request) {
    Optional<String> sent = request.headers().first("X-Amz-Security-Token");
    if (sent.isPresent() || request.query().isEmpty()) {
      return sent;
    }
    Matcher token = TOKEN.matcher(request.query().get());
    return token.find()
        ? Optional.of(URLDecoder.decode(token.group(1), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static Optional<String> accessKeyId(HttpRequest request) {
    String text =
        request.headers().first("Authorization").orElseGet(() -> request.query().orElse(""));
    Matcher credential = CREDENTIAL.matcher(text);
    return credential.find() ? Optional.of(credential.group(1)) : Optional.empty();
  }
}
