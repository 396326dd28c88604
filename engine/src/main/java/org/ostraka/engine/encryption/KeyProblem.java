package org.ostraka.engine.encryption;

import java.util.Optional;
import java.util.UUID;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.StorageFailedException;

/**
 * Why a key cannot be used. Immutable.
 *
 * @param code the key service's name of the error; empty when the service cannot be reached
 * @param message what the key service says, or why it was not reached
 */
public record KeyProblem(Optional<String> code, String message) {
  private static final String DENIED = "AccessDeniedException";

  /**
   * Returns the error of a request that needs the key.
   *
   * <p>The text of a denied key is that of PutItem and CreateTable in the reports
   * https://github.com/aws/aws-cdk/issues/10010 and https://github.com/aws/aws-cdk/issues/18616;
   * that of others follows the text for keys that do not exist.
   *
   * @param requestId the id of a request to the key service, which the message shows
   */
  public RuntimeException error(UUID requestId) {
    if (code.isEmpty()) {
      return new StorageFailedException("the key of the table cannot be reached: " + message);
    }
    String details =
        ": "
            + message
            + " (Service: AWSKMS; Status Code: 400; Error Code: "
            + code.get()
            + "; Request ID: "
            + requestId
            + "; Proxy: null)";
    return code.get().equals(DENIED)
        ? new AccessDeniedException(
            "KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException"
                + details)
        : new ValidationException(
            "KMS validation error: com.amazonaws.services.kms.model." + code.get() + details);
  }
}
