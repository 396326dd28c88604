package org.ostraka.identity.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes ids and secrets that nobody can guess. Any thread, if the generator allows it. */
public final class NewIds {
  /** The digits of ids: those of Base32. */
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private static final int ENTITY_DIGITS = 17;
  private static final int ACCESS_KEY_DIGITS = 16;
  private static final int SECRET_BYTES = 30;

  private final RandomGenerator random;

  /** Makes a source of ids from a cryptographically strong generator. */
  public NewIds(RandomGenerator random) {
    this.random = random;
  }

  /** Returns a unique id for an entity: "IAM identifiers", unique ID prefixes. */
  public String entity(EntityKind kind) {
    return text(prefix(kind), ENTITY_DIGITS);
  }

  /** Returns a unique id that follows from a name in an account. */
  public static String derived(EntityKind kind, String account, String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (kind + "/" + account + "/" + name.toLowerCase(Locale.ROOT))
                      .getBytes(StandardCharsets.UTF_8));
      StringBuilder text = new StringBuilder(prefix(kind));
      for (int i = 0; i < ENTITY_DIGITS; i++) {
        text.append(DIGITS.charAt(hash[i] & (DIGITS.length() - 1)));
      }
      return text.toString();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  /** Returns the beginning of the unique ids of a kind. */
  static String prefix(EntityKind kind) {
    return switch (kind) {
      case USER -> "AIDA";
      case GROUP -> "AGPA";
      case ROLE -> "AROA";
      case POLICY -> "ANPA";
      case PROVIDER, ACCESS_KEY -> throw new IllegalArgumentException(kind + " has no unique id");
    };
  }

  /** Returns the id of a lasting access key. */
  public String accessKey() {
    return text("AKIA", ACCESS_KEY_DIGITS);
  }

  /** Returns the id of the access key of a session. */
  public String sessionKey() {
    return text("ASIA", ACCESS_KEY_DIGITS);
  }

  /** Returns a secret of 40 characters. */
  public String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private String text(String prefix, int digits) {
    StringBuilder text = new StringBuilder(prefix);
    for (int i = 0; i < digits; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }
}
