package org.ostraka.server.query;

import java.util.List;
import org.ostraka.identity.iam.CallerIdentity;
import org.ostraka.server.query.QueryOperation.Answer;

/** The operations of AWS STS: "Actions" in the AWS STS API Reference. Stateless. */
public final class SecurityTokenService {
  private static final String SCOPE = "sts";
  private static final String VERSION = "2011-06-15";

  private SecurityTokenService() {}

  /** Makes the service. */
  public static QueryService create() {
    return new QueryService.Builder(SCOPE, VERSION)
        .add(
            "GetCallerIdentity",
            List.of(),
            (call, _) ->
                Answer.of(CallerIdentity.of(call.caller()), SecurityTokenService::callerIdentity))
        .build();
  }

  private static void callerIdentity(CallerIdentity identity, XmlWriter xml) {
    xml.element("Arn", identity.arn())
        .element("UserId", identity.userId())
        .element("Account", identity.account().value());
  }
}
