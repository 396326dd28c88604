package org.ostraka.secret;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The master key cannot be used, or did not wrap what it should unwrap. */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Refusal refusal;

  /**
   * What a key service says when it refuses to use a key.
   *
   * @param code its name of the error, such as {@code DisabledException}
   * @param message its own words
   */
  public record Refusal(String code, String message) {}

  public MasterKeyException(String message) {
    super(message);
    this.refusal = null;
  }

  public MasterKeyException(String message, Throwable cause) {
    super(message, cause);
    this.refusal = null;
  }

  /** Makes the exception for a key that its service refuses to use. */
  public MasterKeyException(String message, Refusal refusal) {
    super(message);
    this.refusal = refusal;
  }

  /** Returns what the key service says; empty when it was not reached, or there is none. */
  public Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }
}
