package org.ostraka.server.webidentity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.iam.IamException;
import org.ostraka.model.Tags;

/**
 * Reads claims that have no type of their own: "Pass session tags using AssumeRoleWithWebIdentity"
 * in the IAM User Guide. Stateless.
 */
final class TokenClaims {
  private static final String TAGS = "https://aws.amazon.com/tags";
  private static final String PRINCIPAL_TAGS = "principal_tags";
  private static final String FLAT = TAGS + "/" + PRINCIPAL_TAGS + "/";

  private TokenClaims() {}

  /** Returns the texts of a claim, which may be one text or a list of them. */
  static List<String> texts(@Nullable Object claim) {
    return switch (claim) {
      case null -> List.of();
      case List<?> all -> all.stream().map(String::valueOf).toList();
      case Object one -> List.of(one.toString());
    };
  }

  /** Returns the tags of the session, which a token has in one claim or in one for each tag. */
  static Tags tags(JWTClaimsSet claims) {
    Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (claims.getClaim(TAGS) instanceof Map<?, ?> nested
        && nested.get(PRINCIPAL_TAGS) instanceof Map<?, ?> principal) {
      principal.forEach((key, value) -> put(tags, String.valueOf(key), value));
    } else if (claims.getClaim(TAGS) != null) {
      throw malformed();
    }
    claims
        .getClaims()
        .forEach((name, value) -> {
          if (name.startsWith(FLAT)) {
            put(tags, name.substring(FLAT.length()), value);
          }
        });
    return new Tags(tags);
  }

  private static void put(Map<String, String> tags, String key, @Nullable Object value) {
    List<String> texts = texts(value);
    if (texts.size() != 1 || tags.put(key, texts.getFirst()) != null) {
      throw malformed();
    }
  }

  private static IamException malformed() {
    return IamError.INVALID_IDENTITY_TOKEN.because(
        "The claim " + TAGS + " has " + PRINCIPAL_TAGS + " with one value for each key");
  }
}
