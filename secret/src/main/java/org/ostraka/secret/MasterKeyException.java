package org.ostraka.secret;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The master key cannot be used, or did not wrap what it should unwrap. */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final @Nullable String code;

  public MasterKeyException(String message) {
    this(message, (String) null);
  }

  public MasterKeyException(String message, Throwable cause) {
    super(message, cause);
    this.code = null;
  }

  /**
   * Makes one.
   *
   * @param code the key service's name of the error; null when it gave none
   */
  public MasterKeyException(String message, @Nullable String code) {
    super(message);
    this.code = code;
  }

  /**
   * Returns the key service's name of the error, such as {@code DisabledException}; empty when the
   * service was not reached, or there is none.
   */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }
}
